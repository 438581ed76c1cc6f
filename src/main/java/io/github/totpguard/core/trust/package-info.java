/**
 * Trusted browsers: a token that is rotated at every use, so that reuse of a stolen copy is detected. The caller holds
 * the lock on the user's row, passes in random bytes and the time, and stores the returned state before the verdict is
 * used.
 */
package io.github.totpguard.core.trust;
