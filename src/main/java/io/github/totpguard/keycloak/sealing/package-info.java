/** Secrets at rest: sealed with the realm's own AES key and bound to their context. They either open or are refused. */
package io.github.totpguard.keycloak.sealing;
