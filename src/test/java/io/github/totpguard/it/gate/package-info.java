/** Attempts from all forms: replay, lockout, drift, sealing, databases, clusters, failures. */
package io.github.totpguard.it.gate;
