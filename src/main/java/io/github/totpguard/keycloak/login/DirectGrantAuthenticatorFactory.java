package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.page.GuardAuthenticatorFactory;
import io.github.totpguard.keycloak.policy.GuardNames;

/** The step {@code totp-guard-direct-grant} of a direct grant flow. */
public final class DirectGrantAuthenticatorFactory extends GuardAuthenticatorFactory {
    public DirectGrantAuthenticatorFactory() {
        super(GuardNames.DIRECT_GRANT_AUTHENTICATOR, SecondFactor.DEVICE.type(), new DirectGrantAuthenticator());
    }

    @Override
    public String getDisplayType() {
        return "TOTP Guard: one-time code (direct grant)";
    }

    @Override
    public String getHelpText() {
        return "Checks the parameter otp (or totp) of a direct grant against any of the user's devices."
                + " Needs the required action " + GuardNames.SETUP_ACTION + ", whose settings are its policy.";
    }

    /** False, because a direct grant cannot show a set-up page. */
    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }
}
