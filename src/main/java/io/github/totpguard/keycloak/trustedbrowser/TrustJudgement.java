package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.core.trust.TrustVerdict;
import io.github.totpguard.core.trust.TrustVerdict.Kind;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.TrustFingerprint;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.mail.AttemptOrigin;
import io.github.totpguard.keycloak.page.CodeAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.provider.ProviderEvent;

/** Has the token of a login's browser judged, and applies the verdict to cookie, credential, event and mail. */
final class TrustJudgement {
    /**
     * A session attribute that marks a judged token. Afterwards the response may have changed the cookie, while the
     * request still carries the old one.
     */
    private static final String JUDGED = TrustJudgement.class.getName();

    private final AuthenticationFlowContext context;
    private final TrustToken presented;
    private final Duration life;
    private final TrustCookie cookie;
    private final StoredBrowsers stored;

    private TrustJudgement(AuthenticationFlowContext context, TrustCookie cookie, TrustToken presented, Duration life) {
        this.context = context;
        this.presented = presented;
        this.life = life;
        this.cookie = cookie;
        this.stored = StoredBrowsers.of(context.getUser());
    }

    /**
     * Empty if the browser holds no token, or if browsers are not trusted.
     *
     * @param life how long trust lasts; empty if browsers are not trusted
     */
    static Optional<TrustJudgement> of(AuthenticationFlowContext context, Optional<Duration> life) {
        if (!TrustCookie.isCarried(context.getSession())) {
            return Optional.empty();
        }
        TrustCookie cookie = TrustCookie.of(GuardedUser.of(context));
        Optional<TrustToken> presented = cookie.read(context.getSession());
        if (presented.isPresent() && life.isEmpty()) {
            // Trusted browsers are switched off. If they are switched on again, this browser must be trusted anew.
            cookie.clear(context.getSession());
        }
        return life.flatMap(days -> presented.map(token -> new TrustJudgement(context, cookie, token, days)));
    }

    /**
     * Also judges the tokens of logins that ask for a code. Otherwise a thief could hide the theft by removing the
     * trust.
     */
    static void onEvent(ProviderEvent event) {
        if (event instanceof CodeAsked asked && asked.context().getSession().getAttribute(JUDGED) == null) {
            of(asked.context(), TrustPolicy.life(asked.context().getRealm())).ifPresent(TrustJudgement::look);
        }
    }

    /** Whether the browser is trusted. If it is, the response contains the next token. */
    boolean isTrusted() {
        TrustToken next = presented.next(SecretGenerator.getInstance().randomBytes(TrustToken.BYTES));
        try {
            TrustVerdict verdict = gate().use(presented, next, stored.ids(), basis(), life, address());
            if (!verdict.trusted()) {
                refuse(verdict);
                return false;
            }
            TrustEvent.describe(context.getEvent(), verdict, label(verdict));
            // A second tab of the same browser gets no cookie. The cookie of the first tab is the newest, whichever
            // response arrives last.
            verdict.until()
                    .filter(end -> verdict.kind() == Kind.TRUSTED)
                    .ifPresent(end -> cookie.set(context.getSession(), next, left(end)));
            return true;
        } catch (VerificationUnavailableException e) {
            // The gate has logged it.
            return false;
        }
    }

    private void look() {
        try {
            TrustVerdict verdict = gate().look(presented, stored.ids(), basis(), life, address());
            if (!verdict.trusted()) {
                refuse(verdict);
            }
        } catch (VerificationUnavailableException e) {
            // The gate has logged it. The user is asked for a code in any case.
        }
    }

    private void refuse(TrustVerdict verdict) {
        Optional<String> label = label(verdict);
        TrustEvent.describe(context.getEvent(), verdict, label);
        if (verdict.kind() == Kind.STOLEN) {
            TrustTheft.tell(GuardedUser.of(context), context.getEvent(), verdict, label);
        }
        stored.remove(
                verdict.credentialId().filter(stored.ids()::contains).stream().toList());
        cookie.clear(context.getSession());
    }

    private TrustGate gate() {
        context.getSession().setAttribute(JUDGED, true);
        return new TrustGate(GuardedUser.of(context));
    }

    private String basis() {
        return TrustFingerprint.of(GuardedUser.of(context));
    }

    private Optional<String> address() {
        return AttemptOrigin.of(context.getSession()).address();
    }

    private Optional<String> label(TrustVerdict verdict) {
        return verdict.credentialId().flatMap(stored::label);
    }

    private static Duration left(Instant end) {
        return Duration.between(ServerTime.now(), end);
    }
}
