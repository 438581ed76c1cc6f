/** The page on which users see and change their own second factors, and the data that it shows. */
package io.github.totpguard.keycloak.account;
