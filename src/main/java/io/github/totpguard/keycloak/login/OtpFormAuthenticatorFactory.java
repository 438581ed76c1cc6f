package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.page.GuardAuthenticatorFactory;
import io.github.totpguard.keycloak.policy.GuardNames;

/** The step {@code totp-guard-form} of a login flow. */
public final class OtpFormAuthenticatorFactory extends GuardAuthenticatorFactory {
    public OtpFormAuthenticatorFactory() {
        super(GuardNames.FORM_AUTHENTICATOR, SecondFactor.DEVICE.type(), new OtpFormAuthenticator());
    }

    @Override
    public String getDisplayType() {
        return "TOTP Guard: one-time code";
    }

    @Override
    public String getHelpText() {
        return "Asks for a code from any of the user's devices. Needs the required action " + GuardNames.SETUP_ACTION
                + ", whose settings are its policy.";
    }

    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }
}
