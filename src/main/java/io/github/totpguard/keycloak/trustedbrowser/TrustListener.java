package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.core.trust.TrustedBrowsers.Begun;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.SecondFactorChanged;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.mail.AttemptOrigin;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import io.github.totpguard.keycloak.notify.mail.CredentialChange;
import io.github.totpguard.keycloak.page.TrustRequested;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;

/** Gives trust to a browser whose user asked for it, and takes all trust when the devices change. */
final class TrustListener {
    /** If the browser does not say what it is, or it cannot be said to the user. */
    private static final String UNKNOWN_BROWSER = "Browser";

    private static final Logger LOG = Logger.getLogger(TrustListener.class);

    private TrustListener() {}

    static void onEvent(ProviderEvent event) {
        if (event instanceof TrustRequested asked) {
            TrustPolicy.life(asked.user().realm()).ifPresent(life -> give(asked, life));
        } else if (event instanceof SecondFactorChanged changed) {
            // The next use would find it out; but nobody should see in the account console what is worth nothing.
            StoredBrowsers.of(changed.user().user()).removeAll();
        }
    }

    private static void give(TrustRequested asked, Duration life) {
        GuardedUser user = asked.user();
        AttemptOrigin origin = AttemptOrigin.of(user.session());
        TrustCookie cookie = TrustCookie.of(user);
        StoredBrowsers stored = StoredBrowsers.of(user.user());
        String id = KeycloakModelUtils.generateId();
        TrustToken token = TrustToken.of(random(), random());
        try {
            Begun begun = new TrustGate(user)
                    .begin(
                            id,
                            token,
                            life,
                            cookie.read(user.session()),
                            stored.ids(),
                            TrustFingerprint.of(user),
                            origin.address());
            Instant now = ServerTime.now();
            // The token was replaced after the page was shown: this browser would lose the only proof.
            begun.theft()
                    .ifPresent(theft -> TrustTheft.tell(
                            user,
                            asked.event(),
                            theft,
                            theft.credentialId().flatMap(stored::label)));
            stored.remove(begun.dropped());
            String label = stored.add(id, origin.browser().orElse(UNKNOWN_BROWSER), now, now.plus(life));
            cookie.set(user.session(), token, life);
            TrustEvent.given(asked.event());
            ChangeNotice.tell(user, CredentialChange.BROWSER_TRUSTED, label, 0);
        } catch (ModelDuplicateException e) {
            // Another login of the same user took the label at this moment. A line without its credential is no trust.
            LOG.debugf(
                    "The browser of user %s in realm %s was not trusted",
                    user.id(), user.realm().getName());
        } catch (VerificationUnavailableException e) {
            // Logged by the gate. The code was right, so the user comes in, and is asked again next time.
        }
    }

    private static byte[] random() {
        return SecretGenerator.getInstance().randomBytes(TrustToken.BYTES);
    }
}
