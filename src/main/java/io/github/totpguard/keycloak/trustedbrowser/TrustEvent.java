package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustVerdict;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;

/** The details in a login's event about trust in the browser. */
final class TrustEvent {
    /** The event detail: {@code given}, or the verdict on the presented token in lower case. */
    static final String DETAIL = AttemptEvent.TRUST;

    /** The error of a separate event: the token was reused, so it was copied. */
    static final String STOLEN = AttemptEvent.TRUST_STOLEN;

    private static final String GIVEN = "given";

    private TrustEvent() {}

    static void given(EventBuilder event) {
        event.detail(DETAIL, GIVEN);
    }

    static void describe(EventBuilder event, TrustVerdict verdict, Optional<String> label) {
        event.detail(DETAIL, verdict.kind().name().toLowerCase(Locale.ROOT));
        verdict.credentialId().ifPresent(id -> event.detail(Details.SELECTED_CREDENTIAL_ID, id));
        label.ifPresent(name -> event.detail(Details.CREDENTIAL_USER_LABEL, name));
    }
}
