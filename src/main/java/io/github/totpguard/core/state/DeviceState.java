package io.github.totpguard.core.state;

import java.time.Instant;

/**
 * What is remembered of one device.
 *
 * @param lastAcceptedStep the time step (TOTP) or counter (HOTP) of the newest code that was accepted, 0 or more; no
 *     code of this step or of an older one is accepted again (RFC 6238 section 5.2)
 * @param lastUsed when that was
 */
public record DeviceState(long lastAcceptedStep, Instant lastUsed) {
    public DeviceState {
        if (lastAcceptedStep < 0) {
            throw new IllegalArgumentException("lastAcceptedStep must be 0 or more, was " + lastAcceptedStep);
        }
        if (lastUsed == null) {
            throw new IllegalArgumentException("lastUsed is missing");
        }
    }
}
