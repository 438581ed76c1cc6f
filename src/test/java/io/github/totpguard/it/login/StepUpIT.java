package io.github.totpguard.it.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Levels of authentication: silver requires a password, gold also a code. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Step-up")
final class StepUpIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    private TestRealm realm;
    private String bob;

    @BeforeEach
    void levels(Realms realms) {
        realm = realms.guarded("step-up")
                .settings(settings -> settings.setAttributes(Map.of("acr.loa.map", "{\"silver\":1,\"gold\":2}")))
                .then(BoundFlows::levels)
                .create();
        bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {"acr_values|gold", "claims|{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\"]}}}"})
    @DisplayName("a client that requests gold gets it in acr, and otp in amr")
    void gold(String parameter, String value, TestClock clock, TestBrowser browser) {
        OidcLogin login = OidcLogin.to(realm).with(parameter, value);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(phone.code(clock));
        IDTokenClaimsSet claims = login.claims();
        assertThat(claims.getACR().getValue()).isEqualTo("gold");
        assertThat(OidcLogin.amr(claims)).contains("otp");
    }

    @Test
    @DisplayName("silver asks for no code and claims none; gold in the same session then asks only for the code")
    void silverThenGold(TestClock clock, TestBrowser browser) {
        BrowserWindow window = browser.open();
        logInSilver(window);

        OidcLogin stepUp = OidcLogin.to(realm).with("acr_values", "gold");
        new CodePage(window.go(stepUp).page()).await().enter(phone.wrongCode(clock));
        new CodePage(window.page()).awaitRefusal().enter(phone.code(clock));
        IDTokenClaimsSet claims = stepUp.claims();
        assertThat(claims.getACR().getValue()).isEqualTo("gold");
        assertThat(OidcLogin.amr(claims)).contains("otp");
    }

    @Test
    @Tag("S19")
    @Tag("N15")
    @DisplayName("in a silver session, a user with a device enters a code before adding another one")
    void addingNeedsGold(TestClock clock, TestBrowser browser) {
        BrowserWindow window = browser.open();
        logInSilver(window);
        OidcLogin adding = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        new CodePage(window.go(adding).page()).await().enter(phone.wrongCode(clock));
        new CodePage(window.page()).awaitRefusal().enter(phone.code(clock));
        SetupPage setup = new SetupPage(window.page()).await();
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock), "second phone");
        assertThat(adding.actionStatus()).contains("success");
        assertThat(realm.credentials(bob, "otp")).hasSize(2);
    }

    @Test
    @DisplayName("in a silver session, a user without a device adds the first one")
    void firstDeviceNeedsSilver(TestClock clock, TestBrowser browser) {
        String alice = realm.addUser("alice");
        OidcLogin adding = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open().go(adding);
        new LoginPage(window.page()).logIn("alice");
        SetupPage setup = new SetupPage(window.page()).await();
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock), "phone");
        assertThat(adding.actionStatus()).contains("success");
        assertThat(realm.credentials(alice, "otp")).hasSize(1);
    }

    @Test
    @Tag("S19")
    @Tag("A11")
    @DisplayName("in a silver session, a user enters a code before removing a device")
    void removingNeedsGold(TestClock clock, TestBrowser browser) {
        String device = realm.credentials(bob, "otp").get(0).getId();
        BrowserWindow window = browser.open();
        logInSilver(window);
        OidcLogin removing = OidcLogin.to(realm).with("kc_action", "delete_credential:" + device);
        new CodePage(window.go(removing).page()).await().enter(phone.wrongCode(clock));
        new CodePage(window.page()).awaitRefusal();
        assertThat(realm.credentials(bob, "otp")).hasSize(1);
        new CodePage(window.page()).enter(phone.code(clock));
        window.page().click("#kc-accept");
        assertThat(removing.actionStatus()).contains("success");
        assertThat(realm.credentials(bob, "otp")).isEmpty();
    }

    private void logInSilver(BrowserWindow window) {
        OidcLogin login = OidcLogin.to(realm).with("acr_values", "silver");
        new LoginPage(window.go(login).page()).logIn("bob");
        IDTokenClaimsSet claims = login.claims();
        window.awaitApplication(login);
        assertThat(claims.getACR().getValue()).isEqualTo("silver");
        assertThat(OidcLogin.amr(claims)).doesNotContain("otp");
    }
}
