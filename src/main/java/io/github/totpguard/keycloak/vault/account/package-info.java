/**
 * The vault's accounts, which users keep for other services, with their shares and counters. This package does not use
 * HTTP.
 */
package io.github.totpguard.keycloak.vault.account;
