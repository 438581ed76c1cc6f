package io.github.totpguard.core.state;

import java.util.Optional;

/**
 * What was decided.
 *
 * @param reason why
 * @param deviceId the device whose code it was; present when {@link Reason#ACCEPTED} or {@link Reason#REPLAYED}
 */
public record Verdict(Reason reason, Optional<String> deviceId) {

    /** The closed set of reasons. Only {@link #ACCEPTED} lets anyone in. */
    public enum Reason {
        ACCEPTED,
        MISMATCH,
        /** The code of a step that was accepted before, or of an older one (RFC 6238 section 5.2). */
        REPLAYED,
        /** Not a code of any of the devices, whatever their secrets: nothing was evaluated. */
        MALFORMED
    }

    public Verdict {
        boolean named = reason == Reason.ACCEPTED || reason == Reason.REPLAYED;
        if (named != deviceId.isPresent()) {
            throw new IllegalArgumentException(reason + (named ? " names its device" : " names no device"));
        }
    }

    static Verdict of(Reason reason) {
        return new Verdict(reason, Optional.empty());
    }

    static Verdict of(Reason reason, String deviceId) {
        return new Verdict(reason, Optional.of(deviceId));
    }

    public boolean accepted() {
        return reason == Reason.ACCEPTED;
    }
}
