package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.gate.session.LoginLevel;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.TrustedLogin;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Accepts a user whose browser is trusted. Otherwise it leaves the question for a code to the next alternative. In
 * every doubtful case, the user is asked for a code.
 */
final class TrustedBrowserAuthenticator implements Authenticator, CredentialValidator<TrustedBrowserCredentials> {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        boolean trusted = TrustJudgement.of(context, TrustPolicy.life(context.getRealm()))
                .filter(judgement -> mayStandIn(context))
                .filter(TrustJudgement::isTrusted)
                .isPresent();
        if (trusted) {
            TrustedLogin.record(context.getAuthenticationSession());
            context.success();
        } else {
            context.attempted();
        }
    }

    private boolean mayStandIn(AuthenticationFlowContext context) {
        int highest = GuardPolicy.of(context.getRealm()).orElseThrow().trustedBrowserMaxLevel();
        return configuredFor(context.getSession(), context.getRealm(), context.getUser())
                && LoginLevel.of(context) <= highest;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // this step has no page
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    /**
     * Whether the user has a device, regardless of trusted browsers. "Condition - user configured" reads this. It must
     * not skip a second factor because no browser is trusted, and must not accept a user without one.
     */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return UserFactors.of(user).has(SecondFactor.DEVICE);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // trust is given at the end of a login and never required
    }

    @Override
    public TrustedBrowserCredentials getCredentialProvider(KeycloakSession session) {
        return (TrustedBrowserCredentials) session.getProvider(CredentialProvider.class, GuardNames.TRUSTED_BROWSER);
    }

    @Override
    public void close() {
        // nothing to close
    }
}
