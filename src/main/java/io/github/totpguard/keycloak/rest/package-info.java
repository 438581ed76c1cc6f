/** The root of {@code /realms/{realm}/totp-guard}, which leads to the pages and the REST of the features. */
package io.github.totpguard.keycloak.rest;
