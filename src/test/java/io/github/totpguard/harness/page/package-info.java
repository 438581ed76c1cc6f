/** Page objects: the content and the actions of the pages of a login, of a set-up and of the vault. */
package io.github.totpguard.harness.page;
