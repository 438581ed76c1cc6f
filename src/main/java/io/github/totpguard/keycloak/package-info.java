/**
 * TOTP Guard's providers for Keycloak: one package for each feature that an administrator or a user would name.
 *
 * <p>The other packages may use only {@code policy}, {@code sealing}, {@code gate}, {@code notify} and {@code page}.
 */
package io.github.totpguard.keycloak;
