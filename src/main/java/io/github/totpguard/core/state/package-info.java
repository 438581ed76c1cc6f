/**
 * The decision of an attempt: state × attempt × rules × instant → state' × verdict. It does not depend on a server.
 *
 * <p>The caller (the gate) holds the lock on the user's row, passes in the state that it read there, and stores the
 * returned state before the verdict is used.
 */
package io.github.totpguard.core.state;
