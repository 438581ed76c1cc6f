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
 * Lets a user in whose browser is trusted, and otherwise leaves it to the next alternative to ask for a code. Whatever is not
 * as it should be means: ask.
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
        return UserFactors.of(user).has(SecondFactor.DEVICE);
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
