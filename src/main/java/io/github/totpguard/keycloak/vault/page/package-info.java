/** The files of the vault's page. */
package io.github.totpguard.keycloak.vault.page;
