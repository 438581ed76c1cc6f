/** The realm's policy, typed and null-safe, read from the configuration of the required action. */
package io.github.totpguard.keycloak.policy;
