/** What administrators ask and do over REST: {@code /admin/realms/{realm}/totp-guard/...}. */
package io.github.totpguard.keycloak.admin;
