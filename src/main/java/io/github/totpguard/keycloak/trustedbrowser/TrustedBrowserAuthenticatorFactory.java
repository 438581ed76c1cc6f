package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.page.GuardAuthenticatorFactory;
import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.models.KeycloakSessionFactory;

/** The step {@code totp-guard-trusted-browser} of a login flow. */
public final class TrustedBrowserAuthenticatorFactory extends GuardAuthenticatorFactory {
    public TrustedBrowserAuthenticatorFactory() {
        super(GuardNames.TRUSTED_BROWSER, GuardNames.TRUSTED_BROWSER, new TrustedBrowserAuthenticator());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(TrustListener::onEvent);
        factory.register(TrustJudgement::onEvent);
    }

    @Override
    public String getDisplayType() {
        return "TOTP Guard: trusted browser";
    }

    @Override
    public String getHelpText() {
        return "Lets users sign in without a code in a trusted browser. Put it, as an alternative, before the"
                + " alternative that asks for a code. To switch it on, set trustedBrowserDays in the required action "
                + GuardNames.SETUP_ACTION + ".";
    }

    /**
     * False, because a cookie is not an authentication factor (NIST SP 800-63B-4 section 3.2.1). An administrator must
     * not be able to give this step an AMR reference.
     */
    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }
}
