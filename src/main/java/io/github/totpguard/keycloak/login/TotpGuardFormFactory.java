package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.GuardVersion;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** The step {@code totp-guard-form} of a login flow. */
public final class TotpGuardFormFactory implements AuthenticatorFactory, ServerInfoAwareProviderFactory {
    private static final Authenticator FORM = new TotpGuardForm();

    @Override
    public Authenticator create(KeycloakSession session) {
        return FORM;
    }

    @Override
    public String getId() {
        return GuardNames.FORM_AUTHENTICATOR;
    }

    @Override
    public String getDisplayType() {
        return "TOTP Guard: one-time code";
    }

    @Override
    public String getHelpText() {
        return "Asks for the code of any of the user's authenticator devices." + " Needs the required action "
                + GuardNames.SETUP_ACTION + ", whose settings are its policy.";
    }

    /** Any other category is ignored by Keycloak's brute-force protection and by step-up levels. */
    @Override
    public String getReferenceCategory() {
        return OTPCredentialModel.TYPE;
    }

    /** For the settings that Keycloak itself adds to an execution: the AMR reference and its age. */
    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return REQUIREMENT_CHOICES.clone();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to prepare
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
