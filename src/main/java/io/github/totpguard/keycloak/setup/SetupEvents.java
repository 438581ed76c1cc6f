package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;

/** The events of a set-up, such as {@code UPDATE_CREDENTIAL} and {@code UPDATE_CREDENTIAL_ERROR}. */
final class SetupEvents {
    /** The former name of a device. */
    private static final String RENAMED_FROM = "totp_guard_renamed_from";

    private final RequiredActionContext context;

    private SetupEvents(RequiredActionContext context) {
        this.context = context;
    }

    static SetupEvents of(RequiredActionContext context) {
        return new SetupEvents(context);
    }

    /** Completes the action's own event, which Keycloak sends when the action succeeds. */
    void enrolled(AttemptOutcome outcome, String credentialId, String label) {
        EventBuilder event = context.getEvent().event(EventType.UPDATE_CREDENTIAL);
        detail(event).detail(Details.CREDENTIAL_ID, credentialId).detail(Details.CREDENTIAL_USER_LABEL, label);
        AttemptEvent.describe(event, outcome);
    }

    /** A device was removed: the new one has replaced it, or it was stolen. */
    void removed(CredentialModel old) {
        detail(context.getEvent().clone().event(EventType.REMOVE_CREDENTIAL))
                .detail(Details.CREDENTIAL_ID, old.getId())
                .detail(Details.CREDENTIAL_USER_LABEL, old.getUserLabel())
                .success();
    }

    /** A device was renamed. */
    void renamed(CredentialModel device, String label) {
        detail(context.getEvent().clone())
                .detail(Details.CREDENTIAL_ID, device.getId())
                .detail(Details.CREDENTIAL_USER_LABEL, label)
                .detail(RENAMED_FROM, device.getUserLabel())
                .success();
    }

    /** The application's request names a device that the user does not have. */
    void notFound(String credentialId) {
        error().detail(Details.CREDENTIAL_ID, credentialId).error(Errors.CREDENTIAL_NOT_FOUND);
    }

    /** Set-up was postponed. Completes the error that Keycloak writes about an action that was not completed. */
    void postponed() {
        context.getEvent().detail(Details.REASON, "postponed");
    }

    /** A code of the device that is being enrolled was wrong. */
    void refused(AttemptOutcome outcome, String credentialId, String label) {
        EventBuilder event = error();
        AttemptEvent.describe(event, outcome);
        event.detail(Details.CREDENTIAL_ID, credentialId)
                .detail(Details.CREDENTIAL_USER_LABEL, label)
                .error(AttemptEvent.error(outcome));
    }

    /** A code of a device that the user has to prove first was wrong. */
    void refused(AttemptOutcome outcome) {
        EventBuilder event = error();
        AttemptEvent.describe(event, outcome);
        event.error(AttemptEvent.error(outcome));
    }

    /** Something other than the code was wrong. The event does not contain the input. */
    void refused(String credentialId, String reason) {
        error().detail(Details.CREDENTIAL_ID, credentialId)
                .detail(Details.REASON, reason)
                .error(Errors.INVALID_INPUT);
    }

    void unavailable(VerificationUnavailableException.Cause cause) {
        AttemptEvent.unavailable(error(), cause);
    }

    /** Returns a copy, because the page is shown again and the action's own event must not change. */
    private EventBuilder error() {
        return detail(context.getEvent().clone().event(EventType.UPDATE_CREDENTIAL));
    }

    private static EventBuilder detail(EventBuilder event) {
        return event.detail(Details.CREDENTIAL_TYPE, SecondFactor.DEVICE.type());
    }
}
