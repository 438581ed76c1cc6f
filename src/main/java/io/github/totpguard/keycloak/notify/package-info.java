/** What users and events are told of second factors. */
package io.github.totpguard.keycloak.notify;
