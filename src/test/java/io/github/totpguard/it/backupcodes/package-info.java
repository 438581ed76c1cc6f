/** Backup codes: making, using and replacing them. */
package io.github.totpguard.it.backupcodes;
