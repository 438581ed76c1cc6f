/**
 * The decision of an attempt: state × attempt × policy × instant → state' × verdict, with no server in sight.
 *
 * <p>The caller (the gate) holds the lock on the user's row, hands in the state it read there, and stores the state it
 * gets back before anyone learns the verdict.
 */
package io.github.totpguard.core.state;
