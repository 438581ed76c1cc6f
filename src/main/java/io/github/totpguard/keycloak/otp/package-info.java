/** Keycloak's {@code otp} credential with another engine under it. */
package io.github.totpguard.keycloak.otp;
