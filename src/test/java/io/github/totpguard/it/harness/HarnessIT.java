package io.github.totpguard.it.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.SharedBrowser;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;

/** Tests the harness of the other integration tests, on a realm without any setting of TOTP Guard. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("The test harness, in a realm without TOTP Guard")
final class HarnessIT {

    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @Test
    @DisplayName("a password login in the browser returns a validated ID token and stores an event")
    void browserLogin(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.plain("harness").create();
        String id = realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);

        BrowserWindow window = browser.open(Look.USUAL.narrow().dark()).go(login);
        window.screenshot("harness-login");
        new LoginPage(window.page()).logIn("alice");

        IDTokenClaimsSet claims = login.claims();
        assertThat(claims.getSubject().getValue()).isEqualTo(id);
        assertThat(window.problems()).isEmpty();
        assertThat(realm.events(EventType.LOGIN)).hasSize(1);
        assertThat(realm.credentials(id, "password")).hasSize(1);
    }

    @Test
    @DisplayName("a federated user, who is never imported, logs in")
    void federatedUser(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.plain("harness").create();
        realm.addFederatedUsers("frieda", "fred");
        OidcLogin login = OidcLogin.to(realm);

        new LoginPage(browser.open().go(login).page()).logIn("frieda");

        assertThat(login.claims().getSubject().getValue()).startsWith("f:").endsWith(":frieda");
    }

    @Test
    @DisplayName("Keycloak's own form accepts a plaintext device with a code of our simulated app")
    void plaintextOtp(Realms realms, TestClock clock, TestBrowser browser, Database database) {
        TestRealm realm = realms.plain("harness").create();
        String id = realm.addUserWithPlaintextOtp("bob", "Bob's phone", SECRET);
        PhoneApp phone = PhoneApp.type(SECRET);
        OidcLogin login = OidcLogin.to(realm);

        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        CodePage codePage = new CodePage(window.page()).await();
        codePage.enter(phone.wrongCode(clock));
        codePage.awaitRefusal().enter(phone.code(clock));

        assertThat(login.claims().getSubject().getValue()).isEqualTo(id);
        assertThat(database.text("select secret_data from credential where type = 'otp' and user_id = ?", id))
                .contains("value");
    }

    @Test
    @DisplayName(
            "the server's clock moves, tokens of a moved clock are validated, and the administrator stays logged in")
    void clock(Realms realms, TestClock clock) {
        TestRealm realm = realms.plain("harness").create();
        realm.addUser("alice");

        clock.advance(Duration.ofDays(3));
        HttpLogin session = HttpLogin.open(OidcLogin.to(realm));
        HttpLogin.Outcome outcome = session.postPassword("alice", "alice");

        assertThat(outcome).isEqualTo(HttpLogin.Outcome.LOGGED_IN);
        Instant issued =
                session.login().claims(session.callback()).getIssueTime().toInstant();
        assertThat(issued).isBetween(clock.now().minusSeconds(60), clock.now().plusSeconds(5));
        clock.reset();
        assertThat(realm.settings().getRealm()).isEqualTo(realm.name());
    }

    @Test
    @DisplayName("a page that never answers costs only its own test the browser, and the run still ends")
    void frozenPage() {
        try (SharedBrowser own = new SharedBrowser();
                TestBrowser browser = new TestBrowser(own, Duration.ofSeconds(3))) {
            Page page = browser.open().page();

            assertThatThrownBy(() -> page.evaluate("new Promise(() => {})")).isInstanceOf(PlaywrightException.class);
            Await.until("the end of the browser", Duration.ofSeconds(10), () -> !own.isAlive());
        }
    }

    @Test
    @DisplayName("a login without a browser distinguishes the pages")
    void httpLogin(Realms realms, TestClock clock) {
        TestRealm realm = realms.plain("harness").create();
        realm.addUserWithPlaintextOtp("bob", "Bob's phone", SECRET);
        PhoneApp phone = PhoneApp.type(SECRET);

        HttpLogin session = HttpLogin.open(OidcLogin.to(realm));
        assertThat(session.postPassword("bob", "not his")).isEqualTo(HttpLogin.Outcome.PASSWORD_PAGE);
        assertThat(session.postPassword("bob", "bob")).isEqualTo(HttpLogin.Outcome.CODE_PAGE);
        HttpLogin twin = session.twin();
        assertThat(twin.postOtp(phone.wrongCode(clock))).isEqualTo(HttpLogin.Outcome.CODE_PAGE);
        assertThat(twin.postOtp(phone.code(clock))).isEqualTo(HttpLogin.Outcome.LOGGED_IN);
    }
}
