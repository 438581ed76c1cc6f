package io.github.totpguard.keycloak.setup;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.state.Device;
import io.github.totpguard.core.uri.OtpAuthUri;

/**
 * A device that was shown to the user but is not confirmed yet.
 *
 * @param credentialId the id that its credential will have
 * @param uri all data that the app needs, including the secret
 */
record PendingDevice(String credentialId, OtpAuthUri uri) {
    /** Only TOTP devices are enrolled. */
    OtpParameters.Totp parameters() {
        return (OtpParameters.Totp) uri.parameters();
    }

    Device device() {
        return new Device(credentialId, uri.secret(), uri.parameters(), 0);
    }
}
