/** An attempt, whatever form it comes from: replay, lockout, drift, sealing, databases, clusters, failures. */
package io.github.totpguard.it.gate;
