/**
 * Backup codes: look-up secrets (NIST SP 800-63B-4 section 3.1.2) that a user keeps on paper for the day without a device.
 *
 * <p>Each code carries its number, so that one password hash is enough to check any of them. What is not here: whether a
 * code was spent, which is decided in {@code core.state}, and the hash itself.
 */
package io.github.totpguard.core.backup;
