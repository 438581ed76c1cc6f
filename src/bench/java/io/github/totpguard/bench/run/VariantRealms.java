package io.github.totpguard.bench.run;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestRealm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * The realms that are compared. All ask for password and code in flows of the same shape, with brute-force detection.
 * They use either Keycloak's forms with TOTP Guard off, or our forms with TOTP Guard on.
 */
final class VariantRealms {

    private static final String GRANT_FLOW = "bench direct grant";
    /** Higher than any number of failures, because the scenarios with failures do not measure Keycloak's own lock. */
    private static final int MAX_FAILURES = 1_000_000;

    private final Realms realms;
    private final Scenario scenario;
    private final boolean defaultPasswordHash;
    private final int devices;

    /**
     * @param defaultPasswordHash Keycloak's default password hash, instead of a single iteration that leaves the rest
     *     of the login measurable
     * @param devices the number of devices of each user; the code is that of the first one, which Keycloak's form asks
     *     for
     */
    VariantRealms(Realms realms, Scenario scenario, boolean defaultPasswordHash, int devices) {
        this.realms = realms;
        this.scenario = scenario;
        this.defaultPasswordHash = defaultPasswordHash;
        this.devices = devices;
    }

    TestRealm builtIn(String name) {
        return create(realms.plain(name), name, realm -> {
            Flows flows = realm.flows();
            flows.copy("browser", Realms.BROWSER_FLOW);
            flows.executions(Realms.BROWSER_FLOW).stream()
                    .filter(execution -> execution.getDisplayName().matches(".* Conditional (2FA|OTP)"))
                    .forEach(execution -> flows.remove(execution.getId()));
            flows.reference(flows.add(Realms.FORMS, "auth-otp-form", "REQUIRED"), "otp", 36_000);
            flows.bindBrowser(Realms.BROWSER_FLOW);
            askInDirectGrant(flows, "direct-grant-validate-otp");
        });
    }

    TestRealm guarded(String name) {
        Realms.Builder builder = realms.guarded(name);
        scenario.policy().forEach(builder::policy);
        return create(builder, name, realm -> {
            askInDirectGrant(realm.flows(), "totp-guard-direct-grant");
            if (scenario == Scenario.TRUSTED) {
                BoundFlows.trustedBrowser(realm);
            }
        });
    }

    private TestRealm create(Realms.Builder builder, String name, Consumer<TestRealm> flows) {
        return builder.bruteForceProtected(MAX_FAILURES)
                .settings(settings -> {
                    settings.setRealm(name);
                    settings.setEventsEnabled(false);
                    settings.setAdminEventsEnabled(false);
                    settings.setOtpPolicyPeriod(BenchPhone.PERIOD);
                    settings.setQuickLoginCheckMilliSeconds(0L);
                    if (defaultPasswordHash) {
                        settings.setPasswordPolicy(null);
                    }
                })
                .then(flows)
                .then(this::addFirstUser)
                .create();
    }

    private static void askInDirectGrant(Flows flows, String step) {
        flows.copy("direct grant", GRANT_FLOW);
        flows.executions(GRANT_FLOW).stream()
                .filter(execution -> execution.getDisplayName().endsWith("Conditional OTP"))
                .forEach(execution -> flows.remove(execution.getId()));
        flows.add(GRANT_FLOW, step, "REQUIRED");
        flows.bindDirectGrant(GRANT_FLOW);
    }

    private void addFirstUser(TestRealm realm) {
        List<CredentialRepresentation> credentials = new ArrayList<>();
        credentials.add(People.password(BenchUser.PASSWORD));
        credentials.add(People.plaintextOtp("phone", BenchPhone.SECRET.toBase32(), BenchPhone.PERIOD));
        for (int i = 2; i <= devices; i++) {
            String other =
                    OtpSecret.generate(OtpAlgorithm.SHA1, new SecureRandom()).toBase32();
            credentials.add(People.plaintextOtp("device " + i, other, BenchPhone.PERIOD));
        }
        UserRepresentation first = People.person(BenchUser.name(0));
        first.setCredentials(credentials);
        realm.addUser(first);
    }
}
