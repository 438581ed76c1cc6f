/**
 * Imports accounts from files of other authenticator apps, and exports them. Every account of a supported format is
 * accepted, or refused with a reason. Two formats can be written.
 *
 * <p>This package accesses no file, clock or network. Input is limited in size, depth and number of accounts, and in
 * the memory and work of the key derivation. No message and no {@code toString} contains any part of a secret. Jackson
 * and Bouncy Castle are those of Keycloak.
 */
package io.github.totpguard.core.transfer;
