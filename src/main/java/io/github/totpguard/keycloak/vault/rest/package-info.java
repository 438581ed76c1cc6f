/** The vault's REST interface: {@code /realms/{realm}/totp-guard/...}. */
package io.github.totpguard.keycloak.vault.rest;
