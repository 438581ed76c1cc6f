/** Backup codes: generating, using and replacing them. */
package io.github.totpguard.it.backupcodes;
