package io.github.totpguard.it.entrances;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.TokenClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Keycloak's own ways to verify a code, in a realm where TOTP Guard is on: they are further channels of the same gate.
 */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Keycloak's own channels in a guarded realm")
final class ChannelsIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /** The HTTP status of invalid_grant. */
    private static final int REFUSED = 400;

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("S1")
    @Tag("S11")
    @DisplayName("a code that was used in one channel counts as used in all channels")
    void oneMemory(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("channels").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        String first = phone.code(clock);
        assertThat(grant(realm, "bob", first)).isEqualTo(200);
        assertThat(grant(realm, "bob", first)).isEqualTo(REFUSED);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(first)).isEqualTo(Outcome.CODE_PAGE);

        String second = phone.code(clock, 1);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(second)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(grant(realm, "bob", second)).isEqualTo(REFUSED);
    }

    @Test
    @Tag("D4")
    @DisplayName(
            "the built-in form is ours: it verifies through the gate, seals, and its codes count as used everywhere")
    void builtInForm(Realms realms, TestClock clock, Database database) {
        TestRealm realm = realms.guarded("channels").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        realm.flows().bindBrowser("browser");
        String code = phone.code(clock);
        HttpLogin builtIn = HttpLogin.atCodePage(realm, "bob");
        assertThat(builtIn.body()).contains("totp-guard-code-form");
        assertThat(builtIn.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(builtIn.postOtp(code)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(database.text("select secret_data from credential where type = 'otp' and user_id = ?", bob))
                .startsWith("{\"value\":\"eyJ");
        realm.flows().bindBrowser(Realms.BROWSER_FLOW);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @DisplayName("the direct grant accepts any of the user's devices (keycloak#22901)")
    void directGrantAnyDevice(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("channels").create();
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("phone", SECRET),
                People.plaintextOtp("tablet", OTHER_SECRET)));
        realm.addUser(bob);
        assertThat(grant(realm, "bob", PhoneApp.type(OTHER_SECRET).code(clock))).isEqualTo(200);
        assertThat(grant(realm, "bob", phone.code(clock))).isEqualTo(200);
        assertThat(grant(realm, "bob", phone.wrongCode(clock))).isEqualTo(REFUSED);
    }

    @Test
    @Tag("S2")
    @DisplayName("64 parallel direct grants with one code return exactly one token")
    void parallelGrants(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("channels").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        // The first attempts of a user create the row, all at the same moment.
        String code = phone.code(clock);
        assertThat(AtOnce.run(64, i -> grant(realm, "bob", code)))
                .containsOnly(200, REFUSED)
                .containsOnlyOnce(200);
    }

    @Test
    @DisplayName("the account console offers our set-up where TOTP Guard is on, and Keycloak's where it is off")
    void accountConsole(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("channels").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        assertThat(createAction(realm, phone.code(clock))).isEqualTo("totp-guard-setup");
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        realm.enableRequiredAction("CONFIGURE_TOTP", true);
        realm.flows().bindBrowser("browser");
        assertThat(createAction(realm, phone.codeAt(Instant.now().plusSeconds(30))))
                .isEqualTo("CONFIGURE_TOTP");
    }

    @Test
    @DisplayName("the admin console shows the version and the settings of the policy")
    void adminConsole(Realms realms) {
        TestRealm realm = realms.guarded("channels").create();
        for (String provider :
                Set.of("/credential/providers/keycloak-otp", "/required-action/providers/totp-guard-setup")) {
            assertThat(realm.admin()
                            .serverInfo()
                            .at("/providers" + provider + "/operationalInfo/TOTP Guard")
                            .asText())
                    .matches("\\d+\\.\\d+\\.\\d+.*");
        }
        assertThat(realm.admin()
                        .get(realm.path("/authentication/required-actions/totp-guard-setup/config-description"))
                        .findValuesAsText("name"))
                .containsExactly(
                        "max_auth_age",
                        "issuer",
                        "accountName",
                        "maxDevices",
                        "maxFailures",
                        "failuresPerLogin",
                        "lockSeconds",
                        "maxLockSeconds",
                        "hardLockFailures",
                        "maxDriftSteps",
                        "resyncSteps",
                        "passwordResetAfterLocks",
                        "notifyUser",
                        "helpContact",
                        "graceDays",
                        "trustedBrowserDays",
                        "trustedBrowserMaxLevel",
                        "proofMaxAge",
                        "backupCodesOnSetup",
                        "backupCodeCount",
                        "backupCodesConfirm",
                        "vaultEnabled",
                        "vaultShowSecrets",
                        "pageLogo");
    }

    private static String createAction(TestRealm realm, String code) {
        String token = TokenClient.accessToken(tokens(realm, "bob", code));
        return realm.account(token)
                .credentials("?type=otp")
                .at("/0/createAction")
                .asText();
    }

    private static int grant(TestRealm realm, String user, String code) {
        return tokens(realm, user, code).statusCode();
    }

    private static HttpResponse<String> tokens(TestRealm realm, String user, String code) {
        return realm.tokens().grant(user, Map.of("totp", code));
    }
}
