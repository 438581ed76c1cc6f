/** Secrets at rest: sealed with the realm's own AES key, bound to where they belong, opened or refused. */
package io.github.totpguard.keycloak.sealing;
