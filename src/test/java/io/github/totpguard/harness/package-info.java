/** A running Keycloak for integration tests and benchmark: servers, databases, realms, browsers, mails, apps. */
package io.github.totpguard.harness;
