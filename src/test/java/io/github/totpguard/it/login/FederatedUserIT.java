package io.github.totpguard.it.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user in an external user storage who is never imported. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Federated user")
final class FederatedUserIT {
    private static final Duration STEP = Duration.ofSeconds(30);

    @Test
    @Tag("S1")
    @Tag("N3")
    @Tag("D1")
    @DisplayName("a federated user enrols, logs in with a code once, and again with the next code")
    void enrolAndLogIn(Realms realms, TestClock clock, TestBrowser browser, Database database) {
        TestRealm realm = realms.guarded("federated").create();
        realm.addFederatedUsers("fred");
        OidcLogin first = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(first);
        new LoginPage(window.page()).logIn("fred");
        SetupPage setup = new SetupPage(window.page()).await();
        PhoneApp phone = PhoneApp.scan(setup.uriFromScreenshot());
        assertThat(window.problems()).isEmpty();
        setup.enter(phone.code(clock), "Fred's phone");
        String fred = first.claims().getSubject().getValue();
        assertThat(fred).startsWith("f:");

        List<Map<String, Object>> stored =
                database.rows("select type, user_label, secret_data from fed_user_credential where user_id = ?", fred);
        assertThat(stored).hasSize(1);
        assertThat(stored.get(0)).containsEntry("type", "otp").containsEntry("user_label", "Fred's phone");
        assertThat(String.valueOf(stored.get(0).get("secret_data"))).startsWith("{\"value\":\"eyJ");
        assertThat(database.rows("select user_id from totp_guard_state where user_id = ?", fred))
                .hasSize(1);

        clock.advance(STEP);
        String code = phone.code(clock);
        assertThat(HttpLogin.atCodePage(realm, "fred").postOtp(code)).isEqualTo(Outcome.LOGGED_IN);
        HttpLogin second = HttpLogin.atCodePage(realm, "fred");
        assertThat(second.postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
        clock.advance(STEP);
        assertThat(second.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }
}
