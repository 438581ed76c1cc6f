package io.github.totpguard.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** Creates realms and deletes them when the test or the class that requested them ends. */
public final class Realms implements AutoCloseable {

    public static final String SETUP_ACTION = "totp-guard-setup";
    public static final String FORM = "totp-guard-form";
    public static final String BROWSER_FLOW = "totp-guard browser";
    public static final String FORMS = BROWSER_FLOW + " forms";

    private final AdminApi admin;
    private final TestClock clock;
    private final List<TestRealm> created = new ArrayList<>();

    public Realms(AdminApi admin, TestClock clock) {
        this.admin = admin;
        this.clock = clock;
    }

    /**
     * A realm as Keycloak creates it, without any setting of TOTP Guard. The name starts with the given text and is
     * unique.
     */
    public Builder plain(String name) {
        return new Builder(name);
    }

    /** A realm whose browser flow asks for password and code, with our set-up action instead of Keycloak's. */
    public Builder guarded(String name) {
        return new Builder(name).then(Realms::guard);
    }

    private static void guard(TestRealm realm) {
        realm.registerRequiredAction(SETUP_ACTION, "Set up an authenticator");
        realm.enableRequiredAction("CONFIGURE_TOTP", false);
        // Otherwise backup codes are offered after each first device.
        realm.enableRequiredAction("CONFIGURE_RECOVERY_AUTHN_CODES", false);
        Flows flows = realm.flows();
        flows.copy("browser", BROWSER_FLOW);
        // Keycloak's own second factor; its name was "Conditional OTP" before 26.4.
        flows.executions(BROWSER_FLOW).stream()
                .filter(execution -> execution.getDisplayName().matches(".* Conditional (2FA|OTP)"))
                .forEach(execution -> flows.remove(execution.getId()));
        String form = flows.add(FORMS, FORM, "REQUIRED");
        flows.reference(form, "otp", 36_000);
        flows.bindBrowser(BROWSER_FLOW);
    }

    @Override
    public void close() {
        clock.reset();
        created.forEach(TestRealm::delete);
        created.clear();
    }

    public final class Builder {

        private final RealmRepresentation settings = new RealmRepresentation();
        private final Map<String, String> policy = new HashMap<>();
        private Consumer<TestRealm> steps = realm -> {};

        private Builder(String name) {
            settings.setRealm(name + "-" + UUID.randomUUID().toString().substring(0, 8));
            settings.setEnabled(true);
            settings.setSslRequired("none");
            settings.setEventsEnabled(true);
            settings.setAdminEventsEnabled(true);
            // Every test logs in many times, and the hash is not under test.
            settings.setPasswordPolicy("hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
            settings.setClients(List.of(client()));
            settings.setComponents(RealmKeys.components());
        }

        public Builder settings(Consumer<RealmRepresentation> change) {
            change.accept(settings);
            return this;
        }

        /** Enables Keycloak's own temporary lockout. */
        public Builder bruteForceProtected(int failures) {
            settings.setBruteForceProtected(true);
            settings.setFailureFactor(failures);
            return this;
        }

        public Builder otpPolicy(String algorithm, int digits, int period, int lookAroundWindow) {
            settings.setOtpPolicyType("totp");
            settings.setOtpPolicyAlgorithm(algorithm);
            settings.setOtpPolicyDigits(digits);
            settings.setOtpPolicyPeriod(period);
            settings.setOtpPolicyLookAheadWindow(lookAroundWindow);
            return this;
        }

        /** Sets a key of our policy in a guarded realm. */
        public Builder policy(String key, Object value) {
            policy.put(key, String.valueOf(value));
            return this;
        }

        /** Adds a step that runs once the realm exists. */
        public Builder then(Consumer<TestRealm> step) {
            steps = steps.andThen(step);
            return this;
        }

        public TestRealm create() {
            admin.create("", settings);
            TestRealm realm = new TestRealm(admin, clock, settings.getRealm());
            created.add(realm);
            steps.accept(realm);
            if (!policy.isEmpty()) {
                realm.configureRequiredAction(SETUP_ACTION, policy);
            }
            return realm;
        }

        private ClientRepresentation client() {
            ClientRepresentation client = new ClientRepresentation();
            client.setClientId(TestRealm.CLIENT);
            client.setEnabled(true);
            client.setPublicClient(true);
            client.setStandardFlowEnabled(true);
            client.setDirectAccessGrantsEnabled(true);
            client.setRedirectUris(List.of(CallbackServer.uri().toString()));
            client.setAttributes(Map.of("pkce.code.challenge.method", "S256"));
            ProtocolMapperRepresentation amr = new ProtocolMapperRepresentation();
            amr.setName("amr");
            amr.setProtocol("openid-connect");
            amr.setProtocolMapper("oidc-amr-mapper");
            amr.setConfig(Map.of("id.token.claim", "true", "access.token.claim", "true"));
            client.setProtocolMappers(List.of(amr));
            return client;
        }
    }
}
