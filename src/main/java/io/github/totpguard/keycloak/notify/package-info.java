/** Reports attempts and changes of second factors: events, metrics, brute-force protection, mails. */
package io.github.totpguard.keycloak.notify;
