/**
 * Backup codes: look-up secrets (NIST SP 800-63B-4 section 3.1.2) that a user keeps on paper, for a login without a
 * device.
 *
 * <p>Each code carries its number, so that one password hash is enough to check any of them. Two things are not here:
 * {@code core.state} decides whether a code is spent, and the caller computes the hash.
 */
package io.github.totpguard.core.backup;
