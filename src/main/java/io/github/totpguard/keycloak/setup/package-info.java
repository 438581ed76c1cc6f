/** The required action {@code totp-guard-setup}: enrolment of a device with a QR code. */
package io.github.totpguard.keycloak.setup;
