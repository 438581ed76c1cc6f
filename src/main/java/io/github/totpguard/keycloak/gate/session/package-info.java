/** What a login has proved, which second factors a user has, and which of them may be removed. */
package io.github.totpguard.keycloak.gate.session;
