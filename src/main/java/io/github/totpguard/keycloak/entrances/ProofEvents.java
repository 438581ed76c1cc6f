package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;

/** Error events of the proof that precedes an action. The event of the action itself stays unchanged. */
final class ProofEvents {
    private final RequiredActionContext context;
    private final EventType type;

    ProofEvents(RequiredActionContext context, EventType type) {
        this.context = context;
        this.type = type;
    }

    void refused(AttemptOutcome outcome) {
        EventBuilder event = event();
        AttemptEvent.describe(event, outcome);
        event.error(AttemptEvent.error(outcome));
    }

    void refused(String reason, String error) {
        event().detail(Details.REASON, reason).error(error);
    }

    void unavailable(VerificationUnavailableException.Cause cause) {
        AttemptEvent.unavailable(event(), cause);
    }

    private EventBuilder event() {
        return context.getEvent().clone().event(type).detail(Details.CREDENTIAL_TYPE, SecondFactor.DEVICE.type());
    }
}
