package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.GuardVersion;
import io.github.totpguard.keycloak.notify.AttemptNotifications;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** The required action {@code totp-guard-setup}, whose configuration is the realm's policy. */
public final class SetupActionFactory implements RequiredActionFactory, ServerInfoAwareProviderFactory {
    private static final RequiredActionProvider ACTION = new SetupAction();

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
    }

    @Override
    public String getId() {
        return GuardNames.SETUP_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Set up an authenticator app (TOTP Guard)";
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Stream.concat(MAX_AUTH_AGE_CONFIG_PROPERTIES.stream(), GuardPolicy.properties().stream())
                .toList();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        try {
            GuardPolicy.check(model.getConfig() == null ? Map.of() : model.getConfig());
        } catch (InvalidPolicyException e) {
            // This is the only exception whose text Keycloak shows to the administrator.
            throw new ValidationException(new ValidationError(getId(), e.setting(), e.getMessage()));
        }
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        AttemptNotifications.register(factory);
    }

    @Override
    public void close() {
        // nothing to close
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return GuardVersion.operationalInfo();
    }
}
