/**
 * Accounts from other authenticator apps' files, and back: every format that is read, each account of it accepted or
 * refused with its reason, and the two that are written.
 *
 * <p>Nothing here touches a file, a clock or a network. Whatever is read is bounded in size, depth, number of accounts,
 * and in the memory and work of its password's derivation; no message and no {@code toString} holds any of a secret.
 * Jackson and Bouncy Castle are Keycloak's own.
 */
package io.github.totpguard.core.transfer;
