/** Page objects: what a user sees and does on the pages of a login, of a set-up and of the vault. */
package io.github.totpguard.harness.page;
