/** The vault's REST API: {@code /realms/{realm}/totp-guard/...}. */
package io.github.totpguard.keycloak.vault.rest;
