/** What the realm's events say of second factors. */
package io.github.totpguard.keycloak.notify;
