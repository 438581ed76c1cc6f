package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.page.GuardAuthenticatorFactory;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** The step {@code totp-guard-reset} of a reset-credentials flow. */
public final class ResetCredentialsAuthenticatorFactory extends GuardAuthenticatorFactory {
    public ResetCredentialsAuthenticatorFactory() {
        super(GuardNames.RESET_AUTHENTICATOR, SecondFactor.DEVICE.type(), new ResetCredentialsAuthenticator());
    }

    @Override
    public String getDisplayType() {
        return "TOTP Guard: keep or replace the device";
    }

    @Override
    public String getHelpText() {
        return "In a reset-credentials flow: asks for a one-time code before the flow continues. After this proof, the"
                + " user can replace the device. The old device is removed when the new one is activated. Needs the"
                + " required action " + GuardNames.SETUP_ACTION + ".";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(new ProviderConfigProperty(
                ResetSettings.MAIL_LINK_REPLACES,
                "The link in the email replaces a lost device",
                "Lets users set up a new device with only the link in the email. Then anyone who can read a user's"
                        + " email has both factors.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "false"));
    }

    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }
}
