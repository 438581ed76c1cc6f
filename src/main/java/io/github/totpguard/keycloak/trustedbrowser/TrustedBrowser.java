package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.core.trust.TrustVerdict;
import io.github.totpguard.core.trust.TrustVerdict.Kind;
import io.github.totpguard.keycloak.gate.TrustGate;
import io.github.totpguard.keycloak.gate.session.LoginLevel;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptOrigin;
import io.github.totpguard.keycloak.notify.Change;
import io.github.totpguard.keycloak.notify.ChangeNotice;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/**
 * Lets a user in whose browser is trusted, and otherwise leaves it to the next alternative to ask for a code. Whatever is not
 * as it should be means: ask.
 */
final class TrustedBrowser implements Authenticator, CredentialValidator<TrustedBrowserCredentials> {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        TrustCookie cookie = TrustCookie.of(context.getSession(), context.getRealm(), context.getUser());
        Optional<TrustToken> presented = cookie.read(context.getSession());
        Optional<Duration> life = life(context);
        if (presented.isPresent() && life.isEmpty()) {
            // Switched off, and on again some day: this browser will have to be trusted anew.
            cookie.clear(context.getSession());
        }
        if (presented.isEmpty() || life.isEmpty() || !mayStandIn(context)) {
            context.attempted();
            return;
        }
        judge(context, cookie, presented.get(), life.get());
    }

    /** Empty where no browser is trusted. */
    private static Optional<Duration> life(AuthenticationFlowContext context) {
        try {
            return GuardPolicy.of(context.getRealm())
                    .map(GuardPolicy::trustedBrowserDays)
                    .filter(days -> days > 0)
                    .map(Duration::ofDays);
        } catch (InvalidPolicyException e) {
            // The gate says so when a code comes.
            return Optional.empty();
        }
    }

    private boolean mayStandIn(AuthenticationFlowContext context) {
        int highest = GuardPolicy.of(context.getRealm()).orElseThrow().trustedBrowserMaxLevel();
        return configuredFor(context.getSession(), context.getRealm(), context.getUser())
                && LoginLevel.of(context) <= highest;
    }

    private static void judge(
            AuthenticationFlowContext context, TrustCookie cookie, TrustToken presented, Duration life) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        UserModel user = context.getUser();
        TrustToken next = presented.next(SecretGenerator.getInstance().randomBytes(TrustToken.BYTES));
        StoredBrowsers stored = StoredBrowsers.of(user);
        try {
            TrustVerdict verdict = TrustGate.of(session, realm, user)
                    .use(
                            presented,
                            next,
                            stored.ids(),
                            TrustBasis.of(session, realm, user),
                            life,
                            AttemptOrigin.of(session).address());
            TrustEvent.describe(
                    context.getEvent(), verdict, verdict.credentialId().flatMap(stored::label));
            if (verdict.trusted()) {
                // The tab that came second gets no cookie: the first one's is the newest, whichever answer comes last.
                verdict.until()
                        .filter(end -> verdict.kind() == Kind.TRUSTED)
                        .ifPresent(end -> cookie.set(session, next, left(end)));
                context.success();
                return;
            }
            refuse(context, verdict, stored);
            cookie.clear(session);
        } catch (VerificationUnavailableException e) {
            // Logged by the gate.
        }
        context.attempted();
    }

    private static Duration left(Instant end) {
        return Duration.between(Instant.ofEpochMilli(Time.currentTimeMillis()), end);
    }

    private static void refuse(AuthenticationFlowContext context, TrustVerdict verdict, StoredBrowsers stored) {
        if (verdict.kind() == Kind.STOLEN) {
            // Of its own, and at once: nobody knows whether this login will ever end.
            context.getEvent().clone().user(context.getUser()).error(TrustEvent.STOLEN);
            ChangeNotice.tell(
                    context.getSession(),
                    context.getRealm(),
                    context.getUser(),
                    Change.TRUST_STOLEN,
                    verdict.credentialId().flatMap(stored::label).orElse(""),
                    0);
        }
        stored.remove(
                verdict.credentialId().filter(stored.ids()::contains).stream().toList());
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // has no page
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    /**
     * Whether the user has a device, trusted browser or not: "Condition - user configured" looks at this, and must not skip
     * a second factor because no browser is trusted, nor let anybody in who has none.
     */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Trust is given at the end of a login, never demanded.
    }

    @Override
    public TrustedBrowserCredentials getCredentialProvider(KeycloakSession session) {
        return (TrustedBrowserCredentials) session.getProvider(CredentialProvider.class, GuardNames.TRUSTED_BROWSER);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
