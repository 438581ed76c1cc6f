/** A device, from set-up to removal. */
package io.github.totpguard.it.setup;
