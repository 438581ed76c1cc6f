/**
 * TOTP Guard's providers: one package for each thing that an administrator or a user would name.
 *
 * <p>Only {@code policy}, {@code sealing}, {@code gate} and {@code notify} may be used by the other packages.
 */
package io.github.totpguard.keycloak;
