/** Keycloak's own actions on devices, under the conditions that ours have. */
package io.github.totpguard.keycloak.entrances;
