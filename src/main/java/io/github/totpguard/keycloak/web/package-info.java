/** What the users' pages below {@code /realms/{realm}/totp-guard} and their REST share: files, tokens, rate limits, responses. */
package io.github.totpguard.keycloak.web;
