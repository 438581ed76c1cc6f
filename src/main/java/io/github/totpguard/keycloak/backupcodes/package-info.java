/** Backup codes: the credential's provider, the login form, and the required action that makes them. */
package io.github.totpguard.keycloak.backupcodes;
