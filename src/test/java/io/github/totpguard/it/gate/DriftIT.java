package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Phones whose clock is wrong: a small drift is remembered, a large one needs two codes, and the page reveals neither.
 */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Drift")
final class DriftIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @BeforeEach
    void setClock(TestClock clock) {
        clock.toStartOfStep();
    }

    @Test
    @Tag("T6")
    @Tag("S30")
    @DisplayName("a clock that drifts step by step is accepted up to the policy's bound, and no further")
    void follows(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("drift").policy("maxDriftSteps", 3).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int ahead = 1; ahead <= 4; ahead++) {
            assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock, ahead)))
                    .as("%d steps ahead", ahead)
                    .isEqualTo(Outcome.LOGGED_IN);
            assertThat(drift(realm, bob)).isEqualTo(Math.min(ahead, 3));
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock, 5)))
                .isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("T6")
    @Tag("T7")
    @DisplayName("a clock that is far off is accepted with two consecutive codes, and its drift is then remembered")
    void resynchronises(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("drift").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.code(clock, -4))).isEqualTo(Outcome.CODE_PAGE);
        clock.advance(Duration.ofSeconds(30));
        assertThat(login.postOtp(phone.code(clock, -4))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "resynchronised");
        assertThat(drift(realm, bob)).isEqualTo(-4);

        clock.advance(Duration.ofMinutes(10));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock, -4)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails()).containsEntry("totp_guard_verdict", "accepted");
    }

    @Test
    @Tag("T4")
    @DisplayName("two codes that were used before do not resynchronise, and a code between them discards the first")
    void noWayBack(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("drift").policy("maxFailures", 100).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        String first = phone.code(clock);
        String second = phone.code(clock, 1);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(second)).isEqualTo(Outcome.LOGGED_IN);
        clock.advance(Duration.ofMinutes(3));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(first)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(second)).isEqualTo(Outcome.CODE_PAGE);

        assertThat(login.postOtp(phone.code(clock, 8))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(phone.code(clock, 9))).isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S16")
    @Tag("A9")
    @DisplayName("for near, far, used and wrong codes the page is the same, byte for byte, and so is the hint")
    void sameBytes(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("drift").policy("maxFailures", 100).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        String used = phone.code(clock);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(used)).isEqualTo(Outcome.LOGGED_IN);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).doesNotContain("totp-guard-code-hint");
        List<String> pages = new ArrayList<>();
        for (String code : List.of(
                phone.wrongCode(clock), phone.code(clock, 3), phone.code(clock, -15), used, phone.code(clock, 50))) {
            assertThat(login.postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
            pages.add(login.body().replaceAll("session_code=[^&\"]*", "session_code="));
        }
        assertThat(pages.get(0)).contains("totp-guard-code-hint");
        assertThat(pages).containsOnly(pages.get(0));
    }

    @Test
    @Tag("H4")
    @Tag("S35")
    @DisplayName(
            "a HOTP device that is too far ahead resynchronises with two codes; each counter value is accepted once")
    void hotp(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("drift").policy("maxFailures", 100).create();
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp(
                        "token",
                        SECRET,
                        "{\"subType\":\"hotp\",\"digits\":6,\"counter\":7,\"period\":0,\"algorithm\":\"HmacSHA1\","
                                + "\"secretEncoding\":\"BASE32\"}")));
        realm.addUser(bob);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.codeOfCounter(20))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(phone.codeOfCounter(21))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.codeOfCounter(21)))
                .isEqualTo(Outcome.CODE_PAGE);

        HttpLogin[] sessions = new HttpLogin[16];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = HttpLogin.atCodePage(realm, "bob");
        }
        assertThat(AtOnce.run(sessions.length, i -> sessions[i].postOtp(phone.codeOfCounter(22))))
                .containsOnlyOnce(Outcome.LOGGED_IN)
                .containsOnly(Outcome.LOGGED_IN, Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S13")
    @Tag("A5")
    @DisplayName("if the server's clock was set back, no code is checked or counted, and the log says what to do")
    void clockSetBack(Realms realms, TestClock clock, KeycloakRuntime server) {
        TestRealm realm = realms.guarded("drift").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        clock.advance(Duration.ofHours(3));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        clock.reset();
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        for (int i = 0; i < 6; i++) {
            assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.ERROR_PAGE);
            assertThat(login.status()).isEqualTo(503);
            login = HttpLogin.atCodePage(realm, "bob");
        }
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getError()).isEqualTo("totp_guard_unavailable_clock");
        assertThat(status(realm, bob).path("failures").asInt()).isZero();
        Await.until("the log line", Duration.ofSeconds(10), () -> server.log().contains("set this server's clock"));
    }

    @Test
    @DisplayName("a person whose clock is wrong reads the hint, follows it and gets in")
    void page(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("drift")
                .settings(settings -> settings.setDisplayName("Example"))
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open(Look.USUAL.narrow()).go(login);
        new LoginPage(window.page()).logIn("bob");
        CodePage code = new CodePage(window.page()).await();
        code.enter(phone.wrongCode(clock));
        code.awaitRefusal();
        Instant onPhone = clock.now().plus(Duration.ofMinutes(5));
        code.enter(phone.codeAt(onPhone));
        window.page().locator("#totp-guard-code-hint").waitFor();
        window.screenshot("hint-narrow");
        clock.advance(Duration.ofSeconds(30));
        code.enter(phone.codeAt(onPhone.plusSeconds(30)));
        login.claims();
        assertThat(window.problems()).isEmpty();
    }

    private static int drift(TestRealm realm, String user) {
        return status(realm, user).path("driftSteps").elements().next().asInt();
    }

    private static JsonNode status(TestRealm realm, String user) {
        return realm.admin().get(realm.path("/totp-guard/users/" + user));
    }
}
