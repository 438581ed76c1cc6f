package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;

/** The events {@code UPDATE_CREDENTIAL} and {@code UPDATE_CREDENTIAL_ERROR} of backup codes. */
final class BackupCodesEvents {
    private final RequiredActionContext context;

    private BackupCodesEvents(RequiredActionContext context) {
        this.context = context;
    }

    static BackupCodesEvents of(RequiredActionContext context) {
        return new BackupCodesEvents(context);
    }

    /** Completes the action's own event, which Keycloak sends when the action succeeds. */
    void made(String credentialId) {
        detail(context.getEvent().event(EventType.UPDATE_CREDENTIAL)).detail(Details.CREDENTIAL_ID, credentialId);
    }

    /** A wrong code, if the user had to prove a second factor first. */
    void refused(AttemptOutcome outcome) {
        EventBuilder event = error();
        AttemptEvent.describe(event, outcome);
        event.error(AttemptEvent.error(outcome));
    }

    void unavailable(VerificationUnavailableException.Cause cause) {
        AttemptEvent.unavailable(error(), cause);
    }

    /** Returns a copy, because the page is shown again and the action's own event must not change. */
    private EventBuilder error() {
        return detail(context.getEvent().clone().event(EventType.UPDATE_CREDENTIAL));
    }

    private static EventBuilder detail(EventBuilder event) {
        return event.detail(Details.CREDENTIAL_TYPE, SecondFactor.BACKUP_CODES.type());
    }
}
