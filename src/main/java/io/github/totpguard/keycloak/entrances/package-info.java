/** Keycloak's own steps and actions, redirected to TOTP Guard or subject to its conditions. */
package io.github.totpguard.keycloak.entrances;
