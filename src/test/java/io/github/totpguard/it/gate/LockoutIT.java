package io.github.totpguard.it.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Clock;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.TokenClient;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LockedPage;
import io.github.totpguard.harness.page.LoginPage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/** Wrong codes are counted together for all channels and sessions, and too many of them lock the second factor. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Lockout")
final class LockoutIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("S7")
    @Tag("S9")
    @DisplayName("five wrong codes over several sessions lock; a right code is refused, not used up, and valid later")
    void locksAndOpens(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int i = 0; i < 4; i++) {
            assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.wrongCode(clock)))
                    .isEqualTo(Outcome.CODE_PAGE);
        }
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.wrongCode(clock)))
                .isEqualTo(Outcome.LOCKED_PAGE);

        String right = phone.code(clock, 2);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(untilOf(login)).isBetween(clock.now(), clock.now().plusSeconds(61));
        EventRepresentation refused = realm.events(EventType.LOGIN_ERROR).get(0);
        assertThat(refused.getError()).isEqualTo("user_temporarily_disabled");
        assertThat(refused.getDetails()).containsEntry("totp_guard_verdict", "locked");

        clock.advance(Duration.ofSeconds(61));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(right)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.wrongCode(clock)))
                .isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S16")
    @DisplayName("during a lock, a right, a wrong and a malformed code get the same bytes")
    void sameBytes(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout").policy("lockSeconds", 3600).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = locked(realm, clock);
        String page = withoutSessionCode(login);
        for (String code : List.of(phone.code(clock), phone.wrongCode(clock), "no code")) {
            assertThat(login.post("retry", Map.of("otp", code))).isEqualTo(Outcome.LOCKED_PAGE);
            assertThat(withoutSessionCode(login)).isEqualTo(page);
        }
    }

    @Test
    @Tag("S8")
    @DisplayName("of 64 parallel wrong codes, at most maxFailures are evaluated, in 5 rounds")
    void parallelGuesses(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout").create();
        for (int round = 0; round < 5; round++) {
            String name = "bob" + round;
            realm.addUserWithPlaintextOtp(name, "phone", SECRET);
            HttpLogin[] sessions = IntStream.range(0, 64)
                    .mapToObj(i -> HttpLogin.atCodePage(realm, name))
                    .toArray(HttpLogin[]::new);
            realm.clearEvents();
            String wrong = phone.wrongCode(clock);
            AtOnce.run(64, i -> sessions[i].postOtp(wrong));
            assertThat(realm.events(EventType.LOGIN_ERROR))
                    .hasSize(64)
                    .filteredOn(event -> "mismatch".equals(event.getDetails().get("totp_guard_verdict")))
                    .hasSize(5);
        }
    }

    @Test
    @Tag("S11")
    @Tag("A7")
    @DisplayName("a locked user is refused in every channel, and failures of all channels are counted together")
    void everyChannel(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int i = 0; i < 3; i++) {
            assertThat(grant(realm, phone.wrongCode(clock))).isEqualTo(400);
        }
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(grant(realm, phone.code(clock))).isEqualTo(400);
        clock.advance(Duration.ofSeconds(61));
        assertThat(grant(realm, phone.code(clock))).isEqualTo(200);
    }

    @Test
    @Tag("S12")
    @DisplayName("wrong passwords are never counted against the second factor")
    void wrongPasswords(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        for (int i = 0; i < 7; i++) {
            HttpLogin.open(OidcLogin.to(realm)).postPassword("bob", "not his");
        }
        assertThat(status(realm, bob).path("failures").asInt()).isZero();
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("wrong codes at set-up are counted too, and lock the set-up")
    void setup(Realms realms) {
        TestRealm realm = realms.guarded("lockout").create();
        String alice = realm.addUser("alice");
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        login.postPassword("alice", "alice");
        for (int i = 0; i < 4; i++) {
            assertThat(login.post("code", Map.of("code", "000000", "label", "")))
                    .isEqualTo(Outcome.OTHER_PAGE);
        }
        assertThat(login.post("code", Map.of("code", "000000", "label", ""))).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(status(realm, alice).path("locks").asInt()).isEqualTo(1);
    }

    @Test
    @DisplayName("failuresPerLogin: after two wrong codes the login restarts at the password, and the count is kept")
    void endsTheLogin(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout")
                .policy("failuresPerLogin", 2)
                .bruteForceProtected(30)
                .settings(settings -> settings.setQuickLoginCheckMilliSeconds(0L))
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        HttpLogin before = login.twin();
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(login.body()).contains("this sign-in has ended");
        // The previous code page is no longer usable.
        assertThat(before.postOtp(phone.code(clock))).isNotEqualTo(Outcome.LOGGED_IN);
        assertThat(status(realm, bob).path("failures").asInt()).isEqualTo(2);
        Await.until("Keycloak's own count", Duration.ofSeconds(10), () -> bruteForceFailures(realm, bob) == 2);

        HttpLogin again = HttpLogin.atCodePage(realm, "bob");
        again.postOtp(phone.wrongCode(clock));
        assertThat(again.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(again.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(again.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("Keycloak's own brute-force protection, if it is on, also counts wrong codes at set-up")
    void keycloaksProtection(Realms realms) {
        TestRealm realm = realms.guarded("lockout").bruteForceProtected(30).create();
        String alice = realm.addUser("alice");
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        login.postPassword("alice", "alice");
        login.post("code", Map.of("code", "000000", "label", ""));
        login.post("code", Map.of("code", "000000", "label", ""));
        Await.until("Keycloak's own count", Duration.ofSeconds(10), () -> bruteForceFailures(realm, alice) == 2);
    }

    @Test
    @DisplayName(
            "passwordResetAfterLocks: two consecutive locks end all sessions and force a new password; one does not")
    void passwordReset(Realms realms, TestClock clock) {
        TestRealm realm =
                realms.guarded("lockout").policy("passwordResetAfterLocks", 2).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        locked(realm, clock);
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
        assertThat(sessions(realm, bob)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(61));
        locked(realm, clock);
        assertThat(realm.user(bob).getRequiredActions()).containsExactly("UPDATE_PASSWORD");
        assertThat(sessions(realm, bob)).isZero();

        clock.advance(Duration.ofSeconds(121));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        login.postOtp(phone.code(clock));
        assertThat(login.body()).contains("password-new");
    }

    @Test
    @Tag("S11")
    @DisplayName("Keycloak's conditional form asks and refuses as our form does, with the same count")
    void conditionalForm(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout")
                .then(made -> {
                    Flows flows = made.flows();
                    flows.remove(
                            flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
                    String form = flows.add(Realms.FORMS, "auth-conditional-otp-form", "REQUIRED");
                    flows.configure(form, Map.of("defaultOtpOutcome", "force"));
                })
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        for (int i = 0; i < 4; i++) {
            assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        }
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(login.post("retry", Map.of("otp", phone.code(clock)))).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(status(realm, bob).path("locks").asInt()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(61));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("N4")
    @Tag("N5")
    @DisplayName("a hard lock stays until an administrator who may manage the user unlocks it, which is an admin event")
    void hardLock(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout")
                .policy("maxFailures", 3)
                .policy("hardLockFailures", 3)
                .create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        locked(realm, clock);
        clock.advance(Duration.ofDays(2));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(login.body()).contains("To unlock your sign-in").doesNotContain("data-until");
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "hard_locked");
        assertThat(status(realm, bob).path("hardLocked").asBoolean()).isTrue();

        realm.admin().post(realm.path("/totp-guard/users/" + bob + "/unlock"), Map.of());
        assertThat(status(realm, bob).path("hardLocked").asBoolean()).isFalse();
        assertThat(realm.admin()
                        .get(realm.path("/admin-events?operationTypes=ACTION"))
                        .findValuesAsText("resourcePath"))
                .anyMatch(path -> path.endsWith(bob + "/unlock"));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S22")
    @Tag("S33")
    @DisplayName("only an administrator's token can read or unlock a user's second factor")
    void notForUsers(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("lockout").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        URI user =
                URI.create(realm.uri().toString().replace("/realms/", "/admin/realms/") + "/totp-guard/users/" + bob);
        assertThat(Http.send(Http.request(user).build()).statusCode()).isEqualTo(401);
        String token = TokenClient.accessToken(tokens(realm, phone.code(clock)));
        HttpRequest.Builder request = Http.request(user).header("Authorization", "Bearer " + token);
        assertThat(Http.send(request.build()).statusCode()).isEqualTo(403);
        HttpRequest unlock = Http.request(URI.create(user + "/unlock"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(Http.send(unlock).statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> realm.admin().get(realm.path("/totp-guard/users/nobody")))
                .hasMessageContaining("404");
    }

    @Test
    @Tag("W3")
    @DisplayName(
            "a person sees the locked page with a countdown, cannot try again before its end, and then gets back to the "
                    + "code page")
    void page(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("lockout")
                .settings(settings -> settings.setDisplayName("Example"))
                .policy("maxFailures", 1)
                .policy("helpContact", "help@acme.example")
                .create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open(Look.USUAL.narrow());
        // From here on the test can move the time of the browser, too.
        window.page().clock().install();
        window.go(login);
        new LoginPage(window.page()).logIn("bob");
        CodePage code = new CodePage(window.page()).await();
        code.enter(phone.wrongCode(clock));
        LockedPage locked = new LockedPage(window.page()).await();
        window.screenshot("locked-narrow");
        assertThat(locked.reason()).contains("Try again in one minute");
        assertThat(locked.until().innerText()).doesNotContain("UTC").matches(".*\\d\\d?:\\d\\d.*");
        assertThat(locked.countdown().innerText()).matches("[01]:\\d\\d");
        assertThat(locked.retry().isDisabled()).isTrue();
        assertThat(locked.help().locator("a").getAttribute("href")).isEqualTo("mailto:help@acme.example");

        clock.advance(Duration.ofSeconds(61));
        window.page().clock().fastForward(61_000);
        window.page().getByText("You can try again now.").waitFor();
        assertThat(locked.countdown().isVisible()).isFalse();
        locked.retry().click();
        code.await().enter(phone.code(clock));
        login.claims();
        assertThat(window.problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0} minutes off")
    @Tag("W3")
    @DisplayName("if the browser's clock is wrong, the countdown follows the minutes of the server")
    @ValueSource(ints = {-7, 7})
    void wrongClock(int minutesOff, Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("lockout").policy("maxFailures", 1).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        BrowserWindow window = browser.open();
        window.page()
                .clock()
                .install(new Clock.InstallOptions()
                        .setTime(clock.now().plusSeconds(60L * minutesOff).toEpochMilli()));
        window.go(OidcLogin.to(realm));
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(phone.wrongCode(clock));
        LockedPage locked = new LockedPage(window.page()).await();
        assertThat(locked.countdown().innerText()).matches("(1:00|0:5\\d)");
        assertThat(locked.retry().isDisabled()).isTrue();
    }

    @Test
    @Tag("W3")
    @DisplayName("without JavaScript, the locked page says the end in UTC, and its button works")
    void pageWithoutJavaScript(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("lockout").policy("maxFailures", 1).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        BrowserWindow window = browser.open(Look.USUAL.withoutJavaScript()).go(OidcLogin.to(realm));
        new LoginPage(window.page()).logIn("bob");
        CodePage code = new CodePage(window.page()).await();
        code.enter(phone.wrongCode(clock));
        LockedPage locked = new LockedPage(window.page()).await();
        assertThat(locked.until().innerText()).endsWith("UTC");
        assertThat(locked.countdown().isVisible()).isFalse();
        locked.retry().click();
        code.await();
    }

    /** A login at the locked page, after as many wrong codes as the policy allows. */
    private HttpLogin locked(TestRealm realm, TestClock clock) {
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        for (int i = 0; i < 10 && login.outcome() != Outcome.LOCKED_PAGE; i++) {
            login.postOtp(phone.wrongCode(clock));
        }
        assertThat(login.outcome()).isEqualTo(Outcome.LOCKED_PAGE);
        return login;
    }

    private static int bruteForceFailures(TestRealm realm, String user) {
        return realm.admin()
                .get(realm.path("/attack-detection/brute-force/users/" + user))
                .path("numFailures")
                .asInt();
    }

    private static int sessions(TestRealm realm, String user) {
        return realm.admin().get(realm.path("/users/" + user + "/sessions")).size();
    }

    private static JsonNode status(TestRealm realm, String user) {
        return realm.admin().get(realm.path("/totp-guard/users/" + user));
    }

    private static Instant untilOf(HttpLogin login) {
        return Instant.ofEpochSecond(Long.parseLong(login.body().replaceAll("(?s).*data-until=\"(\\d+)\".*", "$1")));
    }

    private static String withoutSessionCode(HttpLogin login) {
        return login.body().replaceAll("session_code=[^&\"]*", "session_code=");
    }

    private static int grant(TestRealm realm, String code) {
        return tokens(realm, code).statusCode();
    }

    private static HttpResponse<String> tokens(TestRealm realm, String code) {
        return realm.tokens().grant("bob", Map.of("totp", code));
    }
}
