package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustVerdict;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import io.github.totpguard.keycloak.notify.mail.CredentialChange;
import java.util.Optional;
import org.keycloak.events.EventBuilder;

/** Reports a copied token with a separate event and a mail to the user. */
final class TrustTheft {
    private TrustTheft() {}

    /**
     * Reports the theft immediately, because the login may never complete.
     *
     * @param login the event of the login that presented the token
     * @param label the browser's label; empty if its trust was removed before
     */
    static void tell(GuardedUser user, EventBuilder login, TrustVerdict theft, Optional<String> label) {
        EventBuilder event = login.clone().user(user.user());
        TrustEvent.describe(event, theft, label);
        event.error(TrustEvent.STOLEN);
        ChangeNotice.tell(user, CredentialChange.TRUST_STOLEN, label.orElse(""), 0);
    }
}
