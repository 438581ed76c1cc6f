/** Keycloak's {@code otp} credential, verified by the gate. */
package io.github.totpguard.keycloak.otp;
