package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustVerdict;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import io.github.totpguard.keycloak.notify.mail.CredentialChange;
import java.util.Optional;
import org.keycloak.events.EventBuilder;

/** Tells of a copied token: an event of its own, and a mail to the user. */
final class TrustTheft {
    private TrustTheft() {}

    /**
     * At once: it is not known whether this login will ever end.
     *
     * @param login the event of the login that presented the token
     * @param label of the browser; empty if its trust was removed before
     */
    static void tell(
            GuardedUser user,
            EventBuilder login,
            TrustVerdict theft,
            Optional<String> label) {
        EventBuilder event = login.clone().user(user.user());
        TrustEvent.describe(event, theft, label);
        event.error(TrustEvent.STOLEN);
        ChangeNotice.tell(user, CredentialChange.TRUST_STOLEN, label.orElse(""), 0);
    }
}
