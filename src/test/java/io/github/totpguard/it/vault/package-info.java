/** The vault: its REST, its page, its limits. */
package io.github.totpguard.it.vault;
