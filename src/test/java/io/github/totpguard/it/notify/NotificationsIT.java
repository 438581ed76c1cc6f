package io.github.totpguard.it.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.MailServer;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Ports;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.ReceivedMail;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.UserRepresentation;

/** Mails about wrong codes, which the running server sends to a real mail server. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Mails to the user")
final class NotificationsIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String BOB = "bob@example.org";
    private static final String ALICE = "alice@example.org";
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern SIX_DIGITS = Pattern.compile("(?<![0-9A-Za-z])[0-9]{6}(?![0-9A-Za-z])");

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private MailServer mails;

    @BeforeEach
    void startMailServer() {
        MailServer.requireReach();
        mails = MailServer.start();
    }

    @AfterEach
    void stopMailServer() {
        if (mails != null) {
            mails.close();
        }
    }

    @Test
    @Tag("A8")
    @Tag("N16")
    @DisplayName("the mail about a lock contains time, browser, address and what to do, as text and HTML")
    void locked(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realm(realms).policy("maxFailures", 1).create();
        addBob(realm);
        BrowserWindow window = browser.open();
        window.context().setExtraHTTPHeaders(Map.of("User-Agent", CHROME));
        new LoginPage(window.go(OidcLogin.to(realm)).page()).logIn("bob");
        CodePage code = new CodePage(window.page()).await();
        code.enter(phone.wrongCode(clock));
        code.locked().waitFor();

        ReceivedMail mail = mails.await(BOB, 1).get(0);
        assertThat(mail.subject()).isEqualTo("Example: your sign-in is locked after too many wrong codes");
        for (String body : List.of(mail.text(), withoutTags(mail.html()))) {
            assertThat(body)
                    .contains(
                            "signing in to Example as you", "IP address", "127.0.0.1", "Time", "Chrome 143, Windows 10")
                    .contains("If this wasn", "tell your administrator", "If this was you, wait until then")
                    .containsPattern("Until [A-Z][a-z]+ \\d+, \\d{4} at \\d+:\\d\\d:\\d\\d.[AP]M UTC, one-time codes")
                    .doesNotContain("all your sessions", "totpGuard", "${");
        }
        assertThat(mail.html()).contains("<html lang=\"en\" dir=\"ltr\">");
        assertHoldsNoSecret(mail);
        pictures(browser, mail);
    }

    @Test
    @Tag("A8")
    @DisplayName("a German user's mail is German, in any browser language, and has the user's time zone")
    void german(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms)
                .settings(settings -> {
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                    settings.setDefaultLocale("en");
                })
                .policy("maxFailures", 3)
                .create();
        // "zoneinfo" is OpenID Connect's name of the attribute. Keycloak's user profile does not contain it by default.
        ObjectNode profile = (ObjectNode) realm.admin().get(realm.path("/users/profile"));
        realm.admin().put(realm.path("/users/profile"), profile.put("unmanagedAttributePolicy", "ENABLED"));
        String bob = addBob(realm);
        realm.changeUser(
                bob, user -> user.setAttributes(Map.of("locale", List.of("de"), "zoneinfo", List.of("Asia/Tokyo"))));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        login.postOtp(phone.wrongCode(clock));
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        ReceivedMail warning = mails.await(BOB, 1).get(0);
        assertThat(warning.subject()).isEqualTo("Example: Für Ihr Konto wurden falsche Codes eingegeben");
        for (String body : List.of(warning.text(), withoutTags(warning.html()))) {
            assertThat(body)
                    .contains("bei der Anmeldung an Example", "Zeitpunkt", "IP-Adresse", "Wenn Sie das nicht waren")
                    .containsPattern("\\d+\\. \\p{L}+ \\d{4} um \\d\\d:\\d\\d:\\d\\d (JST|Japan.*)")
                    .doesNotContain("Until", "totpGuard");
        }
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.LOCKED_PAGE);
        ReceivedMail lock = mails.await(BOB, 2).get(1);
        assertThat(lock.subject()).isEqualTo("Example: Ihre Anmeldung ist nach zu vielen falschen Codes gesperrt");
        assertThat(lock.html()).contains("<html lang=\"de\" dir=\"ltr\">", "werden keine Einmalcodes geprüft");
        assertHoldsNoSecret(warning);
        assertHoldsNoSecret(lock);
    }

    @Test
    @Tag("A8")
    @DisplayName("wrong codes after the password are mailed once an hour, not each time")
    void atMostOneAnHour(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).policy("maxFailures", 100).create();
        addBob(realm);
        wrongCodes(realm, clock, 5);
        assertThat(mails.await(BOB, 1).get(0).subject())
                .isEqualTo("Example: wrong codes were entered for your account");
        clock.advance(Duration.ofMinutes(59));
        wrongCodes(realm, clock, 3);
        clock.advance(Duration.ofMinutes(2));
        wrongCodes(realm, clock, 3);
        assertThat(mails.await(BOB, 2)).hasSize(2);
        clock.advance(Duration.ofMinutes(61));
        wrongCodes(realm, clock, 1);
        // If the wrong codes in between had caused a mail, it would have been sent long before.
        assertThat(mails.await(BOB, 3)).hasSize(3).allSatisfy(NotificationsIT::assertHoldsNoSecret);
    }

    @Test
    @DisplayName("the mail says if a lock demands a new password, or if only an administrator can end it")
    void passwordChangeAndHardLock(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms)
                .policy("maxFailures", 1)
                .policy("hardLockFailures", 2)
                .policy("passwordResetAfterLocks", 1)
                .create();
        String bob = addBob(realm);
        wrongCodes(realm, clock, 1);
        assertThat(mails.await(BOB, 1).get(0).text())
                .contains("all your sessions have been ended", "choose a new password", "wait until then");
        assertThat(realm.user(bob).getRequiredActions()).contains("UPDATE_PASSWORD");
        clock.advance(Duration.ofMinutes(2));
        wrongCodes(realm, clock, 1);
        assertThat(mails.await(BOB, 2).get(1).text())
                .contains(
                        "until you use a backup code or an administrator unlocks your sign-in",
                        "ask your administrator to unlock")
                .doesNotContain("UTC, one-time codes", "wait until then");
    }

    @Test
    @Tag("S11")
    @Tag("A8")
    @DisplayName("every channel sends mails: Keycloak's own form and direct grant, proof and enrolment at set-up")
    void everyChannel(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms)
                .settings(settings -> settings.setDirectGrantFlow("direct grant"))
                .policy("maxFailures", 3)
                .create();
        for (String name : List.of("form", "grant", "prove", "enrol")) {
            if (name.equals("enrol")) {
                realm.addUser(name);
            } else {
                realm.addUserWithPlaintextOtp(name, "phone", SECRET);
            }
        }
        String wrong = phone.wrongCode(clock);

        HttpLogin enrol = HttpLogin.open(OidcLogin.to(realm));
        enrol.postPassword("enrol", "enrol");
        for (int i = 0; i < 3; i++) {
            enrol.post("code", Map.of("code", "000000", "label", ""));
        }
        assertThat(enrol.outcome()).isEqualTo(Outcome.LOCKED_PAGE);

        for (int i = 0; i < 3; i++) {
            assertThat(grant(realm, "grant", wrong)).isEqualTo(400);
        }

        realm.flows().bindBrowser("browser");
        HttpLogin builtIn = HttpLogin.atCodePage(realm, "form");
        assertThat(builtIn.body()).contains("totp-guard-code-form");
        for (int i = 0; i < 3; i++) {
            builtIn.postOtp(wrong);
        }

        BoundFlows.passwordOnly(realm);
        HttpLogin prove = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        prove.postPassword("prove", "prove");
        assertThat(prove.body()).contains("totp-guard-prove-form");
        for (int i = 0; i < 3; i++) {
            prove.postOtp(wrong);
        }
        assertThat(prove.outcome()).isEqualTo(Outcome.LOCKED_PAGE);

        for (String name : List.of("form", "grant", "prove")) {
            assertThat(mails.await(name + "@example.org", 2))
                    .extracting(ReceivedMail::subject)
                    .as(name)
                    .containsExactlyInAnyOrder(
                            "Example: wrong codes were entered for your account",
                            "Example: your sign-in is locked after too many wrong codes");
        }
        // Wrong codes of a device that is not stored yet are not an attack, so only the lock is mailed.
        assertThat(mails.await("enrol@example.org", 1))
                .extracting(ReceivedMail::subject)
                .containsExactly("Example: your sign-in is locked after too many wrong codes");
    }

    @Test
    @DisplayName("no mail is sent if the policy forbids it, or if there is no address or no verified one")
    void silence(Realms realms, TestClock clock, KeycloakRuntime keycloak) {
        TestRealm silent = realm(realms)
                .policy("maxFailures", 1)
                .policy("notifyUser", false)
                .create();
        addBob(silent);
        wrongCodes(silent, clock, 1);
        TestRealm realm = realm(realms).policy("maxFailures", 1).create();
        UserRepresentation nowhere = People.person("nowhere");
        nowhere.setEmail(null);
        UserRepresentation unverified = People.person("unverified");
        unverified.setEmailVerified(false);
        String without = realm.addUser(withOtp(nowhere));
        realm.addUser(withOtp(unverified));
        // Keycloak asks for a missing address after the login, not before the code.
        for (String name : List.of("nowhere", "unverified")) {
            assertThat(HttpLogin.atCodePage(realm, name).postOtp(phone.wrongCode(clock)))
                    .isEqualTo(Outcome.LOCKED_PAGE);
        }
        TestRealm withoutMail =
                realms.guarded("notify").policy("maxFailures", 1).create();
        String unreachable = addBob(withoutMail);
        wrongCodes(withoutMail, clock, 1);

        realm.addUserWithPlaintextOtp("alice", "phone", SECRET);
        HttpLogin.atCodePage(realm, "alice").postOtp(phone.wrongCode(clock));
        assertThat(mails.await(ALICE, 1)).hasSize(1);
        assertThat(mails.to(BOB)).isEmpty();
        assertThat(mails.to("unverified@example.org")).isEmpty();
        assertThat(keycloak.log()).doesNotContain("The mail to user " + without, "The mail to user " + unreachable);
    }

    @Test
    @DisplayName("a mail server that refuses causes a warning without the address, and the login continues")
    void refused(Realms realms, TestClock clock, KeycloakRuntime keycloak) {
        int unusedPort = Ports.free();
        TestRealm realm = realm(realms)
                .settings(settings -> settings.setSmtpServer(MailServer.settings(unusedPort)))
                .create();
        String bob = addBob(realm);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        login.postOtp(phone.wrongCode(clock));
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        String start = "The mail to user " + bob + " in realm " + realm.name();
        String line = Await.value("a warning", LIMIT, () -> keycloak.log()
                .lines()
                .filter(text -> text.contains(start))
                .findFirst());
        assertThat(line).contains("WARN", "check the realm's e-mail settings").doesNotContain(BOB, "@");
    }

    @Test
    @DisplayName("a mail server that never answers does not delay the login")
    void unresponsive(Realms realms, TestClock clock) {
        try (SilentMailServer silent = SilentMailServer.start()) {
            TestRealm realm = realm(realms)
                    .settings(settings -> settings.setSmtpServer(silent.settings()))
                    .create();
            addBob(realm);
            HttpLogin login = HttpLogin.atCodePage(realm, "bob");
            login.postOtp(phone.wrongCode(clock));
            assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
            assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
            // If the login waited for the mail, the client would have given up before the answer.
            assertThat(silent.isCallerWaiting()).isTrue();
        }
    }

    @Test
    @DisplayName("a mail theme that shows its own pictures gets their addresses, although there is no request")
    void themeWithPictures(Realms realms, TestClock clock, KeycloakRuntime keycloak) {
        TestRealm realm = realm(realms)
                .settings(settings -> settings.setEmailTheme("bare"))
                .policy("maxFailures", 1)
                .create();
        addBob(realm);
        wrongCodes(realm, clock, 1);
        String html = mails.await(BOB, 1).get(0).html();
        assertThat(html).contains("<!-- bare -->", "signing in to Example as you");
        Matcher picture = Pattern.compile("src=\"(" + Pattern.quote(keycloak.baseUrl() + "/resources/") + "[^\"]+)\"")
                .matcher(html);
        assertThat(picture.find()).isTrue();
        assertThat(Http.answers(picture.group(1))).isTrue();
    }

    private Realms.Builder realm(Realms realms) {
        return realms.guarded("notify").settings(settings -> {
            settings.setDisplayName("Example");
            settings.setSmtpServer(mails.settings());
        });
    }

    private static String addBob(TestRealm realm) {
        return realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
    }

    private static UserRepresentation withOtp(UserRepresentation person) {
        person.setCredentials(List.of(People.password(person.getUsername()), People.plaintextOtp("phone", SECRET)));
        return person;
    }

    private void wrongCodes(TestRealm realm, TestClock clock, int count) {
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        for (int i = 0; i < count; i++) {
            login.postOtp(phone.wrongCode(clock));
        }
    }

    private static int grant(TestRealm realm, String user, String code) {
        return realm.tokens().grant(user, Map.of("totp", code)).statusCode();
    }

    /** Asserts that a mail contains neither the input, nor the right code, nor the key. */
    private static void assertHoldsNoSecret(ReceivedMail mail) {
        for (String part : List.of(mail.subject(), mail.text(), mail.html())) {
            assertThat(SIX_DIGITS.matcher(part).find())
                    .as("something like a code")
                    .isFalse();
            assertThat(part).doesNotContain(SECRET, "otpauth");
        }
    }

    private static String withoutTags(String html) {
        return html.replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
    }

    private static void pictures(TestBrowser browser, ReceivedMail mail) {
        String page = "data:text/html;charset=utf-8;base64,"
                + Base64.getEncoder().encodeToString(mail.html().getBytes(StandardCharsets.UTF_8));
        Map<String, Look> looks = Map.of(
                "mail-locked", Look.USUAL,
                "mail-locked-narrow", Look.USUAL.narrow(),
                "mail-locked-dark", Look.USUAL.narrow().dark());
        looks.forEach((name, look) -> {
            BrowserWindow window = browser.open(look);
            // The height of a mail preview; the screenshot still contains the whole mail.
            window.page().setViewportSize(Math.min(look.width(), 640), 200);
            window.page().navigate(page);
            window.screenshot(name);
            assertThat((Boolean) window.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as(name)
                    .isTrue();
        });
    }
}
