/** What the pages of several features have in common: asking for a code, refusing one, proving a second factor first. */
package io.github.totpguard.keycloak.page;
