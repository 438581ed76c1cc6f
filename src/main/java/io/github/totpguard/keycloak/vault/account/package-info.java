/** The accounts that users keep for other services, their shares and their counters. Nothing here knows HTTP. */
package io.github.totpguard.keycloak.vault.account;
