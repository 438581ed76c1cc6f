package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.OLD_SECRET;
import static io.github.totpguard.it.setup.SetupSteps.addBob;
import static io.github.totpguard.it.setup.SetupSteps.atSetup;
import static io.github.totpguard.it.setup.SetupSteps.atSetupWithProof;
import static io.github.totpguard.it.setup.SetupSteps.confirm;
import static io.github.totpguard.it.setup.SetupSteps.labels;
import static io.github.totpguard.it.setup.SetupSteps.parameter;
import static io.github.totpguard.it.setup.SetupSteps.setupOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApiException;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LimitPage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The effect of the realm's settings: the number of devices, the parameters of a code, and the names in the app. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Policy at set-up")
final class SetupPolicyIT {
    private static final Duration STEP = Duration.ofSeconds(30);

    /** Bob's existing device. */
    private final PhoneApp oldPhone = PhoneApp.type(OLD_SECRET);

    @Test
    @DisplayName("a user at the limit of devices is told so, and Continue cancels the application's request")
    void limitForApplication(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").policy("maxDevices", 1).create();
        String bob = addBob(realm);
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        LimitPage limit = new LimitPage(window.page()).await();
        window.screenshot("limit-light");
        assertThat(limit.reason()).contains("(1)");
        assertThat(window.problems()).isEmpty();
        limit.goOn();
        assertThat(login.actionStatus()).contains("cancelled");
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    @Test
    @DisplayName("a user at the limit of devices continues past an administrator's request")
    void limitForAdministrator(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").policy("maxDevices", 1).create();
        String bob = addBob(realm);
        realm.changeUser(bob, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-limit-form").doesNotContain("otpauth:");
        assertThat(login.post("continue", Map.of("continue", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    @Test
    @DisplayName("if the last place was taken elsewhere meanwhile, the page says so")
    void limitMeanwhile(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").policy("maxDevices", 2).create();
        String bob = addBob(realm);
        HttpLogin slow = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        clock.advance(STEP);
        HttpLogin quick = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        assertThat(confirm(quick, PhoneApp.scan(quick).code(clock), "Quick")).isEqualTo(Outcome.LOGGED_IN);

        assertThat(confirm(slow, PhoneApp.scan(slow).code(clock), "Slow")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(slow.body()).contains("totp-guard-limit-form").doesNotContain("otpauth:");
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Bob's old phone", "Quick");
    }

    @Test
    @Tag("K3")
    @DisplayName("unusual parameters are in the QR code, are shown beside it with a warning, and login works")
    void unusualParameters(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm =
                realms.guarded("setup").otpPolicy("HmacSHA256", 8, 60, 1).create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(login), "alice");
        assertThat(setup.parametersWarning().isVisible()).isTrue();
        assertThat(setup.detail("algorithm")).isEqualTo("SHA256");
        assertThat(setup.detail("digits")).isEqualTo("8");
        assertThat(setup.detail("period")).isEqualTo("60");
        window.screenshot("setup-parameters");
        String uri = setup.uriFromScreenshot();
        assertThat(uri.contains("algorithm=SHA256") && uri.contains("digits=8") && uri.contains("period=60"))
                .as("the QR code carries the parameters")
                .isTrue();
        PhoneApp phone = PhoneApp.scan(uri);
        setup.enter(phone.code(clock));
        login.claims();
        clock.advance(Duration.ofSeconds(60));
        assertThat(HttpLogin.atCodePage(realm, "alice").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("K3")
    @DisplayName("the usual parameters are not mentioned")
    void usualParameters(Realms realms) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        assertThat(atSetup(realm, "alice").body())
                .doesNotContain("totp-guard-parameters-warning", "totp-guard-algorithm", "totp-guard-period");
    }

    @Test
    @Tag("K1")
    @DisplayName("the app lists the account under the policy's issuer and the user's e-mail address")
    void namesOfThePolicy(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .policy("issuer", "Acme")
                .policy("accountName", "email")
                .create();
        realm.addUser("alice");
        SetupPage setup = setupOf(browser.open().go(OidcLogin.to(realm)), "alice");
        String uri = setup.uriFromScreenshot();
        assertThat(labelOf(uri)).isEqualTo("/Acme:alice@example.org");
        assertThat(issuerOf(uri)).isEqualTo("Acme");
        assertThat(setup.detail("issuer")).isEqualTo("Acme");
        assertThat(setup.detail("account")).isEqualTo("alice@example.org");
    }

    @Test
    @Tag("S31")
    @Tag("K1")
    @DisplayName("a realm name with a colon, an emoji, percent and plus arrives in the app; the colon becomes a space")
    void realmName(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> settings.setDisplayName("Acme: 100% \ud83e\udd8a a+b"))
                .create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        SetupPage setup = setupOf(browser.open().go(login), "alice");
        String uri = setup.uriFromScreenshot();
        assertThat(labelOf(uri)).isEqualTo("/Acme 100% \ud83e\udd8a a+b:alice");
        assertThat(issuerOf(uri)).isEqualTo("Acme 100% \ud83e\udd8a a+b");
        setup.enter(PhoneApp.scan(uri).code(clock));
        login.claims();
    }

    @Test
    @DisplayName("a policy that could not be applied is refused when it is saved, and the message names the setting")
    void policyChecked(Realms realms) {
        TestRealm realm = realms.guarded("setup").create();
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("issuer", "Acme"));
        for (Map.Entry<String, String> wrong : Map.of("maxDevices", "0", "accountName", "phone", "issuer", "a:b")
                .entrySet()) {
            AdminApiException refused = catchThrowableOfType(
                    AdminApiException.class,
                    () -> realm.configureRequiredAction(
                            Realms.SETUP_ACTION, Map.of("max_auth_age", "60", wrong.getKey(), wrong.getValue())));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains(wrong.getKey());
        }
        JsonNode stored =
                realm.admin().get(realm.path("/authentication/required-actions/" + Realms.SETUP_ACTION + "/config"));
        assertThat(stored.path("config").toString()).isEqualTo("{\"issuer\":\"Acme\"}");
    }

    private static String issuerOf(String uri) {
        return parameter(uri, "issuer");
    }

    private static String labelOf(String uri) {
        return URI.create(uri).getPath();
    }
}
