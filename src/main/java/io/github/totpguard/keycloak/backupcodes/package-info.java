/** Backup codes: the credential provider, the login form, and the required action that creates them. */
package io.github.totpguard.keycloak.backupcodes;
