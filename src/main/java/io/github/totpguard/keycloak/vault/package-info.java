/** The authenticator vault: users' accounts of other services, and their codes: {@code /realms/{realm}/totp-guard/...}. */
package io.github.totpguard.keycloak.vault;
