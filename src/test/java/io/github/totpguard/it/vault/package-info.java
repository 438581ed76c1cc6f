/** The vault: its REST, its page, its bounds. */
package io.github.totpguard.it.vault;
