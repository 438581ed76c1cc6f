/** The common parts of the pages of several features: asking for a code, refusing it, proving a second factor first. */
package io.github.totpguard.keycloak.page;
