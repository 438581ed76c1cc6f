/** The realm's one policy, typed and null-safe, from the configuration of the required action. */
package io.github.totpguard.keycloak.policy;
