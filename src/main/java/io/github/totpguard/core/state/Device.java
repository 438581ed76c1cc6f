package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;

/**
 * A device that an attempt is checked against.
 *
 * @param id the id of the credential
 * @param secret the shared secret
 * @param parameters the parameters of its codes, fit for login
 * @param initialCounter HOTP: the lowest counter that may be accepted if the state has no entry (RFC 4226 section 7.2);
 *     0 for TOTP
 */
public record Device(String id, OtpSecret secret, OtpParameters parameters, long initialCounter) {
    public Device {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id is missing");
        }
        if (secret == null || parameters == null) {
            throw new IllegalArgumentException("secret or parameters are missing");
        }
        parameters.requireFitForLogin();
        if (initialCounter < 0) {
            throw new IllegalArgumentException("initialCounter must be 0 or more, was " + initialCounter);
        }
    }
}
