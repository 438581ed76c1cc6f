/**
 * The one door: every attempt at a second factor, through whatever channel, is one decision over one locked row,
 * committed before anyone is told.
 */
package io.github.totpguard.keycloak.gate;
