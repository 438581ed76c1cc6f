/**
 * TOTP Guard's providers for Keycloak: one package for each feature that an administrator or a user would name.
 *
 * <p>Only {@code policy}, {@code sealing}, {@code gate} and {@code notify} may be used by the other packages.
 */
package io.github.totpguard.keycloak;
