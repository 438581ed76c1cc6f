/** The login steps that ask a user for a code. */
package io.github.totpguard.keycloak.login;
