/** The harness itself, tried on a Keycloak without anything of ours. */
package io.github.totpguard.it.harness;
