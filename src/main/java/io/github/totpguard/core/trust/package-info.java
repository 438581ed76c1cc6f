/**
 * Trust in a browser: a secret that changes at every use, so that a stolen copy shows itself. The caller holds the lock on
 * the user's row, hands in chance and time, and stores what it gets back before anyone learns the verdict.
 */
package io.github.totpguard.core.trust;
