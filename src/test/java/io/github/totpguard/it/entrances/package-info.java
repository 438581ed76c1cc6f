/** Keycloak's own ids where TOTP Guard is on, and a comparison with a Keycloak without the jar where it is off. */
package io.github.totpguard.it.entrances;
