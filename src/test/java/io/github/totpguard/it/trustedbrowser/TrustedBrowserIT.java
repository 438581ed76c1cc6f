package io.github.totpguard.it.trustedbrowser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpBrowser;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.MailServer;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.ReceivedMail;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A flow that asks for a code unless the browser is trusted, as docs/configure/flows.md describes it. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Trusted browsers")
final class TrustedBrowserIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU";
    private static final String STEP = "totp-guard-trusted-browser";
    private static final String BOB = "bob@example.org";
    private static final int DAYS = 30;
    private static final Duration CODE = Duration.ofSeconds(30);

    private static MailServer mails;

    private final PhoneApp phone = PhoneApp.type(SECRET);
    private final HttpBrowser browser = new HttpBrowser(HttpBrowser.FIREFOX);

    private TestRealm realm;
    private String bob;

    @BeforeAll
    static void startMailServer() {
        mails = MailServer.start();
    }

    @AfterAll
    static void stopMailServer() {
        mails.close();
    }

    @BeforeEach
    void realm(Realms realms) {
        realm = realms.guarded("trust")
                .policy("trustedBrowserDays", DAYS)
                .settings(settings -> settings.setSmtpServer(mails.settings()))
                .then(BoundFlows::trustedBrowser)
                .create();
        UserRepresentation person = People.person("bob");
        person.setEmail(realm.name() + BOB);
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("phone", SECRET),
                People.plaintextOtp("old phone", OTHER_SECRET)));
        bob = realm.addUser(person);
    }

    @Test
    @Tag("O1")
    @Tag("N18")
    @DisplayName(
            "trust is offered and given, and then replaces the code, without an amr; the user is told and can see it")
    void trusted(TestClock clock) {
        HttpLogin first = browser.logIn(realm, "bob");
        assertThat(first.outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(first.body())
                .contains("name=\"trustBrowser\"", "for 30 days")
                .doesNotContainPattern("trustBrowser\"[^>]*checked");
        assertThat(first.post("otp", Map.of("otp", phone.code(clock), "trustBrowser", "true")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(OidcLogin.amr(first.login().claims(first.callback()))).contains("otp");
        assertThat(details(EventType.LOGIN)).containsEntry("totp_guard_trust", "given");

        HttpLogin second = browser.logIn(realm, "bob");
        assertThat(second.outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(OidcLogin.amr(second.login().claims(second.callback()))).doesNotContain("otp");
        CredentialRepresentation stored = realm.credentials(bob, STEP).get(0);
        assertThat(details(EventType.LOGIN))
                .containsEntry("totp_guard_trust", "trusted")
                .containsEntry("selected_credential_id", stored.getId())
                .containsEntry("credential_user_label", "Firefox 145, Linux")
                .doesNotContainKey("totp_guard_verdict");
        assertThat(stored.getUserLabel()).isEqualTo("Firefox 145, Linux");
        assertThat(stored.getCredentialData()).contains("expires");

        ReceivedMail mail = mails.await(realm.name() + BOB, 1).get(0);
        assertThat(mail.subject()).contains("a browser is now trusted");
        assertThat(mail.text()).contains("Firefox 145, Linux");
    }

    @Test
    @Tag("O1")
    @DisplayName("a user who does not tick the box is asked again; if the policy has no days, there is no box")
    void notTicked(TestClock clock) {
        browser.logIn(realm, "bob").postOtp(phone.code(clock));
        assertThat(browser.received()).isEmpty();
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);

        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("trustedBrowserDays", "0"));
        clock.advance(CODE);
        HttpLogin off = browser.logIn(realm, "bob");
        assertThat(off.body()).doesNotContain("trustBrowser");
        // A client sends the field although there is no box.
        assertThat(off.post("otp", Map.of("otp", phone.code(clock), "trustBrowser", "true")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(browser.received()).isEmpty();
        assertThat(realm.credentials(bob, STEP)).isEmpty();
    }

    @Test
    @Tag("O1")
    @DisplayName(
            "the cookie is valid only for this realm and these days; scripts cannot read it, and use never prolongs it")
    void cookie(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        String given = browser.received().get(0);
        String path = "/realms/" + realm.name() + "/";
        assertThat(withoutValue(given))
                .startsWith("TOTP_GUARD_TRUST_")
                .containsIgnoringCase("Path=" + path + ";")
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Lax")
                .containsIgnoringCase("Max-Age=" + DAYS * 86_400)
                .doesNotContainIgnoringCase("Domain");
        assertThat(withoutValue(given)).doesNotContain("bob", bob);

        clock.advance(Duration.ofDays(DAYS - 1));
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        String exchanged = browser.received().get(1);
        assertThat(valueOf(exchanged).equals(valueOf(given)))
                .as("the same value")
                .isFalse();
        long left = Long.parseLong(exchanged.replaceAll("(?i).*Max-Age=(\\d+).*", "$1"));
        assertThat(left).isBetween(86_400L - 300, 86_400L);

        clock.advance(Duration.ofDays(1));
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(browser.cookies().keySet()).isEmpty();
        assertThat(realm.credentials(bob, STEP)).isEmpty();
    }

    @Test
    @Tag("O1")
    @DisplayName("over TLS the cookie is Secure, and has a name that an insecure page cannot set")
    void overTls(TestClock clock) {
        // The realm looks as it does behind a proxy that terminates TLS.
        realm.change(settings -> settings.setAttributes(Map.of("frontendUrl", "https://login.example.org")));
        browser.trust(realm, "bob", phone.code(clock));
        assertThat(withoutValue(browser.received().get(0)))
                .startsWith("__Secure-TOTP_GUARD_TRUST_")
                .containsIgnoringCase(";Secure")
                .containsIgnoringCase("Path=/realms/" + realm.name() + "/;");
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("O1")
    @DisplayName("two people on one computer are both trusted, each after their own password")
    void twoPeople(TestClock clock) {
        realm.addUserWithPlaintextOtp("carol", "phone", OTHER_SECRET);
        browser.trust(realm, "bob", phone.code(clock));
        browser.trust(realm, "carol", PhoneApp.type(OTHER_SECRET).code(clock));
        assertThat(browser.cookies().keySet()).hasSize(2);
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(browser.logIn(realm, "carol").outcome()).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("O1")
    @DisplayName("a replayed cookie is refused, ends the trust, and is reported in the events and in a mail")
    void replayed(TestClock clock, KeycloakRuntime keycloak, Database database) {
        browser.trust(realm, "bob", phone.code(clock));
        HttpBrowser thief = browser.stolen();
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        clock.advance(HttpBrowser.PAST_GRACE);

        HttpLogin theft = thief.logIn(realm, "bob");
        assertThat(theft.outcome()).isEqualTo(Outcome.CODE_PAGE);
        EventRepresentation event = realm.events(EventType.LOGIN_ERROR).get(0);
        assertThat(event.getError()).isEqualTo("totp_guard_trust_stolen");
        assertThat(event.getUserId()).isEqualTo(bob);
        assertThat(event.getDetails())
                .containsEntry("totp_guard_trust", "stolen")
                .containsEntry("credential_user_label", "Firefox 145, Linux");
        assertThat(realm.credentials(bob, STEP)).isEmpty();
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(realm.events(EventType.LOGIN_ERROR)).hasSize(1);

        assertThat(mails.await(realm.name() + BOB, "its data was probably copied")
                        .text())
                .contains("Firefox 145, Linux");

        String row = database.text("select state from totp_guard_state where user_id = ?", bob);
        String events = realm.admin().get(realm.path("/events?max=1000")).toString();
        for (String header : browser.received()) {
            for (String part : valueOf(header).split("\\.")) {
                for (String text : List.of(
                        row,
                        events,
                        keycloak.log(),
                        mails.to(realm.name() + BOB).toString())) {
                    assertThat(!part.isEmpty() && text.contains(part))
                            .as("a token's part")
                            .isFalse();
                }
            }
        }
    }

    @Test
    @Tag("O1")
    @DisplayName("a thief who uses the copy first is detected at the user's next login")
    void thiefFirst(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        HttpBrowser thief = browser.stolen();
        assertThat(thief.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        clock.advance(HttpBrowser.PAST_GRACE);
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(thief.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S40")
    @DisplayName("a thief who removes the trust over the account REST is detected once, at the user's next login")
    void thiefRemoves(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        HttpBrowser thief = browser.stolen();
        HttpLogin theft = thief.logIn(realm, "bob");
        account(
                theft.login().accessToken(theft.callback()),
                "DELETE",
                "/credentials/" + realm.credentials(bob, STEP).get(0).getId());
        assertThat(thief.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(thefts()).isEmpty();

        clock.advance(HttpBrowser.PAST_GRACE);
        HttpBrowser copy = browser.stolen();
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(thefts()).singleElement().satisfies(event -> assertThat(event.getDetails())
                .containsEntry("totp_guard_trust", "stolen")
                .containsKey("selected_credential_id")
                .doesNotContainKey("credential_user_label"));
        assertThat(browser.cookies().keySet()).isEmpty();
        assertThat(copy.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(thefts()).hasSize(1);

        mails.await(realm.name() + BOB, "a browser is no longer trusted");
        assertThat(mails.await(realm.name() + BOB, "its data was probably copied")
                        .text())
                .contains("someone else has one")
                .doesNotContain("Name", "\n\n\n");
    }

    @Test
    @Tag("S40")
    @DisplayName("if a thief has used the trust, the user's next login reports the theft, however the trust ended")
    void theftAfterTheEnd(TestClock clock) {
        assertTheftIsTold(clock, "new password", () -> realm.admin()
                .put(realm.path("/users/" + bob + "/reset-password"), People.password("bob")));
        assertTheftIsTold(clock, "administrator signs the user out", () -> realm.logOut(bob));
        assertTheftIsTold(
                clock,
                "device removed",
                () -> realm.deleteCredential(
                        bob,
                        realm.credentials(bob, "otp").stream()
                                .filter(device -> device.getUserLabel().equals("old phone"))
                                .findFirst()
                                .orElseThrow()
                                .getId()));
        assertTheftIsTold(clock, "other browsers made room", () -> {
            for (int i = 0; i < 10; i++) {
                clock.advance(CODE);
                new HttpBrowser(HttpBrowser.OTHER).trust(realm, "bob", phone.code(clock));
            }
        });
    }

    @Test
    @Tag("S40")
    @DisplayName("a user who removes the trust and comes back with the newest cookie is not reported as a theft")
    void honestRemoval(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        HttpLogin login = browser.logIn(realm, "bob");
        HttpLogin tab = browser.open(OidcLogin.to(realm));
        account(
                login.login().accessToken(login.callback()),
                "DELETE",
                "/credentials/" + realm.credentials(bob, STEP).get(0).getId());
        assertThat(tab.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        clock.advance(CODE);
        browser.trust(realm, "bob", phone.code(clock));
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN_ERROR)).isEmpty();
        assertThat(mails.await(realm.name() + BOB, 3).stream().map(ReceivedMail::subject))
                .noneMatch(subject -> subject.contains("revoked"));
    }

    @Test
    @Tag("S40")
    @Tag("A8")
    @DisplayName("a mail reports that the user or an administrator removed trust, and other browsers stay trusted")
    void removalIsTold(TestClock clock) {
        HttpBrowser other = new HttpBrowser(HttpBrowser.OTHER);
        other.trust(realm, "bob", phone.code(clock));
        clock.advance(CODE);
        browser.trust(realm, "bob", phone.code(clock));
        HttpLogin removal = browser.open(
                OidcLogin.to(realm).with("kc_action", "delete_credential:" + stored("Firefox 145, Linux")));
        assertThat(removal.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(removal.post("accept", Map.of("accept", "true"))).isEqualTo(Outcome.LOGGED_IN);
        ReceivedMail byUser = mails.await(realm.name() + BOB, "a browser is no longer trusted");
        assertThat(byUser.text()).contains("Name: Firefox 145, Linux", "127.0.0.1", "If this wasn't you");
        assertThat(other.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);

        clock.advance(CODE);
        browser.trust(realm, "bob", phone.code(clock));
        realm.deleteCredential(bob, stored("Firefox 145, Linux"));
        ReceivedMail byAdministrator = mails.await(realm.name() + BOB, "An administrator did this");
        assertThat(byAdministrator.subject()).contains("a browser is no longer trusted");
        assertThat(byAdministrator.text()).contains("Name: Firefox 145, Linux").doesNotContain("127.0.0.1");
        assertThat(other.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S40")
    @DisplayName("a copy that is used during its owner's login at a level above trust is detected at the next "
            + "login, and that level gives no trust")
    void theftWhileAsking(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        bindLevels(realm);
        HttpLogin gold = browser.logIn(OidcLogin.to(realm).with("acr_values", "gold"), "bob");
        assertThat(gold.outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(gold.body()).doesNotContain("trustBrowser");
        // The silver level of that login has rotated the token.
        HttpBrowser thief = browser.stolen();
        assertThat(thief.logIn(OidcLogin.to(realm).with("acr_values", "silver"), "bob")
                        .outcome())
                .isEqualTo(Outcome.LOGGED_IN);
        clock.advance(CODE);
        assertThat(gold.post("otp", Map.of("otp", phone.code(clock), "trustBrowser", "true")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(details(EventType.LOGIN)).doesNotContainEntry("totp_guard_trust", "given");
        assertThat(browser.logIn(OidcLogin.to(realm).with("acr_values", "silver"), "bob")
                        .outcome())
                .isEqualTo(Outcome.CODE_PAGE);
        assertThat(thefts()).hasSize(1);
        assertThat(thief.logIn(OidcLogin.to(realm).with("acr_values", "silver"), "bob")
                        .outcome())
                .isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("O1")
    @DisplayName("eight parallel tabs all get in, and their browser has the newest cookie, whichever tab was last")
    void tabs(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        List<HttpLogin> tabs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tabs.add(browser.open(OidcLogin.to(realm)));
        }
        assertThat(AtOnce.run(8, tab -> tabs.get(tab).postPassword("bob", "bob")))
                .containsOnly(Outcome.LOGGED_IN);
        assertThat(browser.received()).hasSize(2);
        clock.advance(HttpBrowser.PAST_GRACE);
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN_ERROR)).isEmpty();
        assertThat(realm.events(EventType.LOGIN).stream()
                        .map(login -> login.getDetails().get("totp_guard_trust")))
                .containsOnly("given", "trusted", "grace");
    }

    @Test
    @DisplayName("an eleventh browser replaces the oldest, and labels are numbered")
    void eleven(TestClock clock) {
        List<HttpBrowser> browsers = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            HttpBrowser next = new HttpBrowser(HttpBrowser.FIREFOX);
            next.trust(realm, "bob", phone.code(clock));
            browsers.add(next);
            clock.advance(CODE);
        }
        assertThat(realm.credentials(bob, STEP).stream().map(CredentialRepresentation::getUserLabel))
                .hasSize(10)
                .contains("Firefox 145, Linux (2)", "Firefox 145, Linux (10)");
        assertThat(browsers.get(0).logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(browsers.get(1).logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(browsers.get(10).logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("O1")
    @DisplayName("a new password, fewer devices and sign-outs by administrators each end all trust at the next login")
    void revoked(TestClock clock) {
        assertEnds(clock, "new password", () -> realm.admin()
                .put(realm.path("/users/" + bob + "/reset-password"), People.password("bob")));
        assertEnds(clock, "administrator signs the user out", () -> realm.logOut(bob));
        assertEnds(clock, "administrator signs all users out", () -> realm.admin()
                .post(realm.path("/logout-all"), Map.of()));
        assertEnds(
                clock,
                "device removed",
                () -> realm.deleteCredential(
                        bob,
                        realm.credentials(bob, "otp").stream()
                                .filter(device -> device.getUserLabel().equals("old phone"))
                                .findFirst()
                                .orElseThrow()
                                .getId()));
        assertEnds(
                clock,
                "trust removed",
                () -> realm.deleteCredential(
                        bob, realm.credentials(bob, STEP).get(0).getId()));
        assertEnds(clock, "policy off and on", () -> {
            policy(0);
            assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
            assertThat(browser.cookies().keySet()).isEmpty();
            policy(DAYS);
        });
    }

    @Test
    @Tag("O1")
    @DisplayName("the account console lists and removes a trusted browser; signing out everywhere removes all")
    void accountConsole(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        clock.advance(CODE);
        String token = realm.accessToken("bob", phone.code(clock));
        JsonNode container = trusted(token);
        assertThat(container.path("category").asText()).isEqualTo("two-factor");
        assertThat(container.path("removeable").asBoolean()).isTrue();
        JsonNode listed = container.path("userCredentialMetadatas").get(0);
        assertThat(listed.path("credential").path("userLabel").asText()).isEqualTo("Firefox 145, Linux");
        assertThat(listed.path("infoProperties").findValuesAsText("key"))
                .containsExactly("totpGuard.trust.lastUsed", "totpGuard.trust.address", "totpGuard.trust.until");
        assertThat(listed.path("infoProperties").findValuesAsText("parameters")).isNotNull();
        assertThat(listed.path("infoProperties").toString()).contains("127.0.0.1", "UTC");

        account(
                token,
                "DELETE",
                "/credentials/" + listed.path("credential").path("id").asText());
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);

        clock.advance(CODE);
        browser.trust(realm, "bob", phone.code(clock));
        HttpBrowser other = new HttpBrowser(HttpBrowser.OTHER);
        clock.advance(CODE);
        other.trust(realm, "bob", phone.code(clock));
        String one = otherSession(token);
        account(token, "DELETE", "/sessions/" + one);
        assertThat(browser.logIn(realm, "bob").outcome())
                .as("one session ended")
                .isEqualTo(Outcome.LOGGED_IN);
        account(token, "DELETE", "/sessions");
        assertThat(realm.credentials(bob, STEP)).isEmpty();
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(other.logIn(realm, "bob").outcome()).isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("N18")
    @DisplayName("a user without a device sets one up, even if the browser has a trust cookie")
    void firstEnrolment(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        realm.credentials(bob, "otp").forEach(device -> realm.deleteCredential(bob, device.getId()));
        HttpLogin login = browser.logIn(realm, "bob");
        assertThat(login.outcome()).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-qr");
    }

    @Test
    @Tag("S12")
    @DisplayName("wrong codes of an attacker lock the second factor, and a trusted browser still lets its user in")
    void locked(TestClock clock) {
        browser.trust(realm, "bob", phone.code(clock));
        HttpLogin other = new HttpBrowser(HttpBrowser.OTHER).logIn(realm, "bob");
        for (String code : phone.wrongCodes(clock, 5)) {
            other.postOtp(code);
        }
        assertThat(other.outcome()).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(browser.logIn(realm, "bob").outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(other.post("retry", Map.of("otp", phone.code(clock, 1)))).isEqualTo(Outcome.LOCKED_PAGE);
    }

    @Test
    @Tag("N18")
    @DisplayName("a level above the policy's limit asks for a code, and one within it does not")
    void stepUp(TestClock clock) {
        bindLevels(realm);
        OidcLogin low = OidcLogin.to(realm).with("acr_values", "silver");
        HttpLogin first = browser.logIn(low, "bob");
        assertThat(first.post("otp", Map.of("otp", phone.code(clock), "trustBrowser", "true")))
                .isEqualTo(Outcome.LOGGED_IN);
        HttpLogin silver = browser.logIn(OidcLogin.to(realm).with("acr_values", "silver"), "bob");
        assertThat(silver.outcome()).isEqualTo(Outcome.LOGGED_IN);
        IDTokenClaimsSet claims = silver.login().claims(silver.callback());
        assertThat(claims.getACR().getValue()).isEqualTo("silver");
        assertThat(OidcLogin.amr(claims)).doesNotContain("otp");

        HttpLogin gold = browser.logIn(OidcLogin.to(realm).with("acr_values", "gold"), "bob");
        assertThat(gold.outcome()).isEqualTo(Outcome.CODE_PAGE);
        clock.advance(CODE);
        assertThat(gold.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        claims = gold.login().claims(gold.callback());
        assertThat(claims.getACR().getValue()).isEqualTo("gold");
        assertThat(OidcLogin.amr(claims)).contains("otp");

        realm.configureRequiredAction(
                Realms.SETUP_ACTION, Map.of("trustedBrowserDays", "30", "trustedBrowserMaxLevel", "2"));
        assertThat(browser.logIn(OidcLogin.to(realm).with("acr_values", "gold"), "bob")
                        .outcome())
                .isEqualTo(Outcome.LOGGED_IN);
    }

    private void assertEnds(TestClock clock, String way, Runnable revocation) {
        clock.advance(CODE);
        browser.trust(realm, "bob", phone.code(clock));
        clock.advance(HttpBrowser.PAST_GRACE);
        assertThat(browser.logIn(realm, "bob").outcome()).as("before: " + way).isEqualTo(Outcome.LOGGED_IN);
        revocation.run();
        assertThat(browser.logIn(realm, "bob").outcome()).as(way).isEqualTo(Outcome.CODE_PAGE);
    }

    private void assertTheftIsTold(TestClock clock, String way, Runnable end) {
        clock.advance(CODE);
        browser.trust(realm, "bob", phone.code(clock));
        assertThat(browser.stolen().logIn(realm, "bob").outcome())
                .as("thief: " + way)
                .isEqualTo(Outcome.LOGGED_IN);
        int before = thefts().size();
        clock.advance(HttpBrowser.PAST_GRACE);
        end.run();
        assertThat(browser.logIn(realm, "bob").outcome()).as(way).isEqualTo(Outcome.CODE_PAGE);
        assertThat(thefts()).as(way).hasSize(before + 1);
    }

    private List<EventRepresentation> thefts() {
        return realm.events(EventType.LOGIN_ERROR).stream()
                .filter(event -> "totp_guard_trust_stolen".equals(event.getError()))
                .toList();
    }

    /** The id of the stored trusted browser. */
    private String stored(String label) {
        return realm.credentials(bob, STEP).stream()
                .filter(credential -> label.equals(credential.getUserLabel()))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    private void policy(int days) {
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("trustedBrowserDays", String.valueOf(days)));
    }

    /** The details of the newest event of a type. */
    private Map<String, String> details(EventType type) {
        return realm.events(type).get(0).getDetails();
    }

    private JsonNode trusted(String token) {
        return AdminApi.parse(account(token, "GET", "/credentials?type=" + STEP))
                .get(0);
    }

    /** The id of a session other than the token's own. */
    private String otherSession(String token) {
        JsonNode sessions = AdminApi.parse(account(token, "GET", "/sessions"));
        for (JsonNode session : sessions) {
            if (!session.path("current").asBoolean()) {
                return session.path("id").asText();
            }
        }
        throw new AssertionError("no other session among " + sessions.size());
    }

    private String account(String token, String method, String path) {
        HttpResponse<String> response = realm.account(token).call(method, path, Map.of());
        assertThat(response.statusCode()).as(method + " " + path.split("/")[1]).isBetween(200, 204);
        return response.body();
    }

    private static String valueOf(String setCookie) {
        return setCookie.substring(setCookie.indexOf('=') + 1).split(";", 2)[0];
    }

    private static String withoutValue(String setCookie) {
        return setCookie.replace(valueOf(setCookie), "");
    }

    /** Silver and gold both ask for a second factor. */
    private static void bindLevels(TestRealm realm) {
        realm.change(settings -> settings.setAttributes(Map.of("acr.loa.map", "{\"silver\":1,\"gold\":2}")));
        Flows flows = realm.flows();
        realm.admin()
                .create(
                        realm.path("/authentication/flows"),
                        Map.of("alias", "levels", "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        flows.add("levels", "auth-cookie", "ALTERNATIVE");
        flows.addSubFlow("levels", "all", "ALTERNATIVE");
        Consumer<String> trustOrCode = level -> {
            flows.addSubFlow(level, level + " second", "REQUIRED");
            BoundFlows.addTrustOrCode(flows, level + " second");
        };
        addLevel(flows, "silver", 1);
        flows.add("silver", "auth-username-password-form", "REQUIRED");
        trustOrCode.accept("silver");
        addLevel(flows, "gold", 2);
        trustOrCode.accept("gold");
        flows.bindBrowser("levels");
    }

    private static void addLevel(Flows flows, String name, int level) {
        flows.addSubFlow("all", name, "CONDITIONAL");
        String condition = flows.add(name, "conditional-level-of-authentication", "REQUIRED");
        flows.configure(condition, Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", "36000"));
    }
}
