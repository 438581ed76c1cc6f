/** The REST API for administrators: {@code /admin/realms/{realm}/totp-guard/...}. */
package io.github.totpguard.keycloak.admin;
