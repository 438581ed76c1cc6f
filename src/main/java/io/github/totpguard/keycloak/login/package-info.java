/** The login: where a user is asked for a code. */
package io.github.totpguard.keycloak.login;
