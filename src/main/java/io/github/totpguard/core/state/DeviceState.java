package io.github.totpguard.core.state;

import java.time.Instant;

/**
 * The state of one device.
 *
 * @param lastAcceptedStep the time step (TOTP) or counter (HOTP) of the newest accepted code, 0 or more; no code of
 *     this step or an older one is accepted again (RFC 6238 section 5.2)
 * @param lastUsed the time of that acceptance
 * @param drift how many steps the device's clock was ahead of the server's at that time, negative if behind; 0 for HOTP
 *     (RFC 6238 section 6)
 */
public record DeviceState(long lastAcceptedStep, Instant lastUsed, int drift) {
    public DeviceState {
        if (lastAcceptedStep < 0) {
            throw new IllegalArgumentException("lastAcceptedStep must be 0 or more, was " + lastAcceptedStep);
        }
        if (lastUsed == null) {
            throw new IllegalArgumentException("lastUsed is missing");
        }
        if (Math.abs((long) drift) > Drift.MAX_STEPS) {
            throw new IllegalArgumentException("drift must be up to " + Drift.MAX_STEPS + ", was " + drift);
        }
    }
}
