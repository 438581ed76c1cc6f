/** The locked row of a user: the table {@code TOTP_GUARD_STATE}, its codec, and its separate transactions. */
package io.github.totpguard.keycloak.gate.store;
