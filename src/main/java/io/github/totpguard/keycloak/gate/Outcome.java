package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the gate tells its caller, after it was committed.
 *
 * @param verdict the decision
 * @param unreadable devices of the user that could not take part
 */
public record Outcome(Verdict verdict, List<UnreadableDevice> unreadable) {
    public Outcome {
        unreadable = List.copyOf(unreadable);
    }

    public boolean accepted() {
        return verdict.accepted();
    }

    /** Whether a code was looked at; not so while the second factor is locked. */
    public boolean evaluated() {
        return verdict.reason() != Verdict.Reason.LOCKED && verdict.reason() != Verdict.Reason.HARD_LOCKED;
    }

    /** The device whose code it was, where that is known. */
    public Optional<String> credentialId() {
        return verdict.deviceId();
    }

    /** The verdict's name in events. */
    public String verdictName() {
        return verdict.reason().name().toLowerCase(Locale.ROOT);
    }
}
