/** Tests of the harness itself, on a Keycloak without any setting of TOTP Guard. */
package io.github.totpguard.it.harness;
