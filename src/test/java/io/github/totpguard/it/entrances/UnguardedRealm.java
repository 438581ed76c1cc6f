package io.github.totpguard.it.entrances;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestRealm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** A realm in which TOTP Guard is off, with a flow for each of Keycloak's own ways to ask for a second factor. */
final class UnguardedRealm {

    static final String FORM_FLOW = "form browser";
    static final String CONDITIONAL_FLOW = "conditional browser";
    static final String RECOVERY_FLOW = "recovery browser";
    static final String CHOICE_FLOW = "choice browser";
    static final String DIRECT_FLOW = "otp direct grant";
    static final String RESET_FLOW = "otp reset";

    static final String CONDITIONAL_FORM = "auth-conditional-otp-form";
    static final String RECOVERY_FORM = "auth-recovery-authn-code-form";
    static final String DIRECT_STEP = "direct-grant-validate-otp";
    static final String RESET_STEP = "reset-otp";

    static final String SKIP_ROLE = "skip-otp";
    static final String FORCE_ROLE = "force-otp";
    static final String PROVIDER = "other";

    private static final List<String> ACTIONS = List.of(
            "CONFIGURE_RECOVERY_AUTHN_CODES",
            "webauthn-register",
            "webauthn-register-passwordless",
            "delete_credential",
            "idp_link",
            "UPDATE_EMAIL");

    private UnguardedRealm() {}

    static TestRealm in(Realms realms) {
        return realms.plain("unguarded")
                .settings(settings -> {
                    settings.setRealm("stock-comparison");
                    settings.setDisplayName("Example");
                    settings.setResetPasswordAllowed(true);
                    settings.setEnabledEventTypes(
                            Arrays.stream(EventType.values()).map(Enum::name).toList());
                })
                .then(UnguardedRealm::flows)
                .then(UnguardedRealm::actions)
                .then(UnguardedRealm::others)
                .create();
    }

    private static void flows(TestRealm realm) {
        Flows flows = realm.flows();
        browserFlow(flows, FORM_FLOW, "auth-otp-form");
        browserFlow(flows, CONDITIONAL_FLOW, CONDITIONAL_FORM);
        browserFlow(flows, RECOVERY_FLOW, RECOVERY_FORM);
        flows.copy("browser", CHOICE_FLOW);
        flows.require(CHOICE_FLOW, flows.execution(CHOICE_FLOW, RECOVERY_FORM).getId(), "ALTERNATIVE");
        withoutCondition(flows, "direct grant", DIRECT_FLOW);
        flows.add(DIRECT_FLOW, DIRECT_STEP, "REQUIRED");
        withoutCondition(flows, "reset credentials", RESET_FLOW);
        flows.remove(flows.execution(RESET_FLOW, "reset-credential-email").getId());
        flows.add(RESET_FLOW, RESET_STEP, "REQUIRED");
        flows.bindReset(RESET_FLOW);
    }

    private static void browserFlow(Flows flows, String name, String form) {
        withoutCondition(flows, "browser", name);
        flows.reference(flows.add(name + " forms", form, "REQUIRED"), "otp", 36_000);
    }

    /** Copies a flow without Keycloak's own second factor. */
    private static void withoutCondition(Flows flows, String from, String name) {
        flows.copy(from, name);
        flows.executions(name).stream()
                .filter(execution -> execution.getDisplayName().matches(".* Conditional (2FA|OTP)"))
                .forEach(execution -> flows.remove(execution.getId()));
    }

    private static void actions(TestRealm realm) {
        ACTIONS.forEach(action -> realm.enableRequiredAction(action, true));
    }

    private static void others(TestRealm realm) {
        for (String role : List.of(SKIP_ROLE, FORCE_ROLE)) {
            realm.admin().create(realm.path("/roles"), Map.of("name", role));
        }
        ObjectNode profile = (ObjectNode) realm.admin().get(realm.path("/users/profile"));
        realm.admin().put(realm.path("/users/profile"), profile.put("unmanagedAttributePolicy", "ENABLED"));
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(PROVIDER);
        provider.setProviderId("oidc");
        provider.setEnabled(true);
        provider.setConfig(Map.of(
                "authorizationUrl", "https://idp.example.org/auth",
                "tokenUrl", "https://idp.example.org/token",
                "clientId", "demo",
                "clientSecret", "demo"));
        realm.admin().post(realm.path("/identity-provider/instances"), provider);
    }

    /** Replaces the present configuration. */
    static void configure(TestRealm realm, String flow, String authenticator, Map<String, String> config) {
        Flows flows = realm.flows();
        AuthenticationExecutionInfoRepresentation execution = flows.execution(flow, authenticator);
        if (execution.getAuthenticationConfig() != null) {
            realm.admin().delete(realm.path("/authentication/config/" + execution.getAuthenticationConfig()));
        }
        if (!config.isEmpty()) {
            flows.configure(execution.getId(), config);
        }
    }
}
