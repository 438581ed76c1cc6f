package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.core.trust.TrustedBrowsers.Begun;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.SecondFactorChanged;
import io.github.totpguard.keycloak.gate.TrustFingerprint;
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

/** Gives trust to a browser if its user requested it, and ends all trust when the user's devices change. */
final class TrustListener {
    /** The name of a browser that does not identify itself, or whose name cannot be shown to the user. */
    private static final String UNKNOWN_BROWSER = "Browser";

    private static final Logger LOG = Logger.getLogger(TrustListener.class);

    private TrustListener() {}

    static void onEvent(ProviderEvent event) {
        if (event instanceof TrustRequested request) {
            TrustPolicy.life(request.user().realm()).ifPresent(life -> give(request, life));
        } else if (event instanceof SecondFactorChanged changed) {
            // The next use would end the trust anyway. The credentials are removed now so that the account console does
            // not show trust that is no longer valid.
            StoredBrowsers.of(changed.user().user()).removeAll();
        }
    }

    private static void give(TrustRequested request, Duration life) {
        GuardedUser user = request.user();
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
            // The former token was used by another browser while the page was open. Report that now, because this
            // browser is about to lose the only proof of it.
            begun.theft()
                    .ifPresent(theft -> TrustTheft.tell(
                            user, request.event(), theft, theft.credentialId().flatMap(stored::label)));
            stored.remove(begun.dropped());
            String label = stored.add(id, origin.browser().orElse(UNKNOWN_BROWSER), now, now.plus(life));
            cookie.set(user.session(), token, life);
            TrustEvent.given(request.event());
            ChangeNotice.tell(user, CredentialChange.BROWSER_TRUSTED, label, 0);
        } catch (ModelDuplicateException e) {
            // Another login of the same user took the label at the same time. A token family without its credential is
            // not trusted.
            LOG.debugf(
                    "The browser of user %s in realm %s was not trusted",
                    user.id(), user.realm().getName());
        } catch (VerificationUnavailableException e) {
            // The gate has logged it. The code was right, so the user is logged in, and is asked for a code again next
            // time.
        }
    }

    private static byte[] random() {
        return SecretGenerator.getInstance().randomBytes(TrustToken.BYTES);
    }
}
