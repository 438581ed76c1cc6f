package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.labels;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.MailServer;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.ReceivedMail;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;

/**
 * Logins when the usual second factor is not set up yet or is lost. A test step that asks for nothing replaces the
 * backup code of a user who has lost a device.
 */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Lost devices and the grace period")
final class LostDeviceIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String BOB = "bob@example.org";

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

    // ---- Lost devices ----

    @Test
    @Tag("N17")
    @DisplayName("a user who has not lost the device continues, and nothing changes")
    void notLost(Realms realms) {
        TestRealm realm = lossRealm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
        HttpLogin login = atQuestion(realm);
        assertThat(login.body()).contains("Did you lose your device?", "Blue phone");
        assertThat(login.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
    }

    @Test
    @DisplayName("a device can be renamed at the question, which stays open")
    void renamedAtTheQuestion(Realms realms) {
        TestRealm realm = lossRealm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
        String device = realm.credentials(bob, "otp").get(0).getId();
        for (OidcLogin start : List.of(
                OidcLogin.to(realm),
                OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION),
                OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION + ":rename"))) {
            HttpLogin login = HttpLogin.open(start);
            assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
            assertThat(login.body()).contains("totp-guard-lost-form", "aria-label=\"Rename ");
            for (Map<String, String> answer :
                    List.of(Map.of("back", "true"), Map.of("save", "true", "label-" + device, "Red phone"))) {
                assertThat(login.post("rename", Map.of("rename", device))).isEqualTo(Outcome.OTHER_PAGE);
                assertThat(login.body()).contains("totp-guard-rename-form");
                assertThat(login.post("save", answer)).isEqualTo(Outcome.OTHER_PAGE);
                assertThat(login.body()).contains("totp-guard-lost-form");
            }
            assertThat(login.body()).contains("Red phone").doesNotContain("Blue phone");
            assertThat(labels(realm, bob)).containsExactly("Red phone");
        }
    }

    @Test
    @Tag("S20")
    @Tag("N8")
    @Tag("N17")
    @DisplayName("a lost device stays valid until the new one is confirmed, then it is removed and a mail is sent")
    void replaced(Realms realms, TestClock clock) {
        TestRealm realm = lossRealm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
        String device = realm.credentials(bob, "otp").get(0).getId();
        HttpLogin login = atQuestion(realm);
        assertThat(login.post("device", Map.of("replace", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("Choose the device that you lost");
        assertThat(login.post("device", Map.of("replace", "true", "device", "of-somebody-else")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.post("device", Map.of("replace", "true", "device", device)))
                .isEqualTo(Outcome.OTHER_PAGE);
        PhoneApp fresh = PhoneApp.scan(login);
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
        assertThat(mails.to(BOB)).isEmpty();

        assertThat(login.post("code", Map.of("code", fresh.code(clock), "label", "Green phone")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactly("Green phone");
        assertThat(mails.await(BOB, 2))
                .extracting(ReceivedMail::subject)
                .containsExactlyInAnyOrder(
                        "Example: a device was removed from your account",
                        "Example: a device was added to your account");
        ReceivedMail removed = mails.to(BOB).stream()
                .filter(mail -> mail.subject().contains("removed"))
                .findFirst()
                .orElseThrow();
        assertThat(removed.text())
                .contains("Name: Blue phone", "127.0.0.1", "If this wasn't you", "Change your password now");
    }

    @Test
    @Tag("S20")
    @Tag("N17")
    @DisplayName("a replacement says what it replaces, cannot rename, and Cancel leads back to the question")
    void replacementCancelled(Realms realms, TestClock clock) {
        TestRealm realm = lossRealm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
        String device = realm.credentials(bob, "otp").get(0).getId();
        HttpLogin login = atQuestion(realm);
        login.post("device", Map.of("replace", "true", "device", device));
        assertThat(login.body())
                .contains("totp-guard-setup-form", "id=\"totp-guard-replaces\"", "Blue phone")
                .doesNotContain("totp-guard-rename");
        PhoneApp dropped = PhoneApp.scan(login);
        assertThat(login.post("code", Map.of("rename", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-setup-form");

        assertThat(login.post("cancelReplacement", Map.of("cancelReplacement", "true")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-lost-form");
        assertThat(login.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
        HttpLogin next = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        next.postPassword("bob", "bob");
        assertThat(next.post("no", Map.of("no", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(next.body()).contains("totp-guard-setup-form").doesNotContain("id=\"totp-guard-replaces\"");
        assertThat(PhoneApp.scan(next).code(clock)).isNotEqualTo(dropped.code(clock));
        // The field of the button does nothing if there is nothing to cancel.
        assertThat(next.post("code", Map.of("cancelReplacement", "true", "code", "")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(next.body()).contains("totp-guard-setup-form");
    }

    @Test
    @Tag("N17")
    @DisplayName("after the question, an application's request is answered or cancelled, and demands no other device")
    void requestAfterTheQuestion(Realms realms) {
        TestRealm realm = lossRealm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
        String device = realm.credentials(bob, "otp").get(0).getId();
        HttpLogin renamed = atRequestAfterQuestion(realm, ":rename/" + device);
        assertThat(renamed.post("save", Map.of("save", "true", "label-" + device, "Red phone")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(renamed.callback().getQuery()).contains("kc_action_status=success");
        assertThat(labels(realm, bob)).containsExactly("Red phone");

        HttpLogin replaced = atRequestAfterQuestion(realm, ":replace/" + device);
        assertThat(replaced.body()).contains("id=\"totp-guard-replaces\"");
        assertThat(replaced.post("cancelReplacement", Map.of("cancelReplacement", "true")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(replaced.callback().getQuery()).contains("kc_action_status=cancelled");

        HttpLogin added = atRequestAfterQuestion(realm, "");
        assertThat(added.post("cancel-aia", Map.of("cancel-aia", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(added.callback().getQuery()).contains("kc_action_status=cancelled");
        assertThat(labels(realm, bob)).containsExactly("Red phone");
    }

    @Test
    @Tag("N17")
    @Tag("A11")
    @DisplayName("a stolen device is removed at once, and all other sessions too if the user chooses that")
    void stolen(Realms realms, TestClock clock) {
        TestRealm realm = lossRealm(realms);
        realm.change(settings -> {
            settings.setInternationalizationEnabled(true);
            settings.setSupportedLocales(Set.of("en", "de"));
        });
        String bob = realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
        realm.changeUser(bob, user -> user.setAttributes(Map.of("locale", List.of("de"))));
        HttpLogin thief = atQuestion(realm);
        assertThat(thief.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(sessions(realm, bob)).isEqualTo(1);

        String device = realm.credentials(bob, "otp").get(0).getId();
        HttpLogin login = atQuestion(realm);
        assertThat(login.body()).contains("Haben Sie Ihr Gerät verloren?");
        assertThat(login.post("device", Map.of("stolen", "true", "device", device, "logout-sessions", "on")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(labels(realm, bob)).isEmpty();
        assertThat(sessions(realm, bob)).isZero();
        assertThat(realm.events(EventType.REMOVE_CREDENTIAL).get(0).getDetails())
                .containsEntry("credential_id", device)
                .containsEntry("credential_user_label", "Blue phone");
        ReceivedMail mail = mails.await(BOB, 1).get(0);
        assertThat(mail.subject()).isEqualTo("Example: Ein Gerät wurde aus Ihrem Konto entfernt");
        assertThat(mail.text())
                .contains("Name: Blue phone", "Wenn Sie das nicht waren", "Ändern Sie sofort Ihr Passwort");
        assertThat(login.post("code", Map.of("code", PhoneApp.scan(login).code(clock), "label", "")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(mails.await(BOB, 2).get(1).subject()).isEqualTo("Example: Ihrem Konto wurde ein Gerät hinzugefügt");
    }

    @Test
    @Tag("S19")
    @DisplayName("the question does not bypass the proof: other logins never get it, whatever they post")
    void onlyWhenAsked(Realms realms) {
        TestRealm realm = realms.guarded("lost").create();
        String bob = realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
        String device = realm.credentials(bob, "otp").get(0).getId();
        BoundFlows.passwordOnly(realm);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        for (String field : List.of("stolen", "replace", "no", "notNow", "rename")) {
            assertThat(login.post("otp", Map.of(field, "true", "device", device)))
                    .as(field)
                    .isEqualTo(Outcome.CODE_PAGE);
            assertThat(login.body()).contains("totp-guard-prove-form");
        }
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
    }

    // ---- The grace period ----

    @Test
    @DisplayName("during the grace period a new user can put set-up off until the next login, and afterwards no longer")
    void grace(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("grace").policy("graceDays", 7).create();
        String alice = realm.addUser("alice");
        HttpLogin login = atSetup(realm);
        assertThat(login.body())
                .contains("id=\"totp-guard-not-now\"")
                .containsPattern("put this off until [A-Z][a-z]+ \\d+, \\d{4}");
        assertThat(login.post("notNow", Map.of("notNow", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.credentials(alice, "otp")).isEmpty();
        assertThat(realm.user(alice).getRequiredActions()).isEmpty();
        assertThat(realm.events(EventType.CUSTOM_REQUIRED_ACTION_ERROR).get(0).getDetails())
                .containsEntry("reason", "postponed");

        clock.advance(Duration.ofDays(7).minusMinutes(2));
        HttpLogin late = atSetup(realm);
        assertThat(late.body()).contains("id=\"totp-guard-not-now\"");
        clock.advance(Duration.ofMinutes(3));
        assertThat(late.post("notNow", Map.of("notNow", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(late.body()).contains("put this off any longer").doesNotContain("totp-guard-not-now");
        assertThat(late.post("code", Map.of("notNow", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        HttpLogin over = atSetup(realm);
        assertThat(over.body()).doesNotContain("totp-guard-not-now");
        assertThat(over.post("code", Map.of("code", PhoneApp.scan(over).code(clock), "label", "")))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("the end of the grace period is shown in the user's language")
    void german(Realms realms) {
        TestRealm realm = realms.guarded("grace")
                .settings(settings -> {
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                })
                .policy("graceDays", 90)
                .create();
        String alice = realm.addUser("alice");
        realm.changeUser(alice, user -> user.setAttributes(Map.of("locale", List.of("de"))));
        assertThat(atSetup(realm).body())
                .containsPattern("bis zum \\d+\\. \\p{L}+ \\d{4}[^<]* aufschieben")
                .contains("Nicht jetzt");
    }

    @Test
    @DisplayName("a user who requested set-up cannot put it off, and a request of an administrator stays required")
    void whoAsked(Realms realms) {
        TestRealm realm = realms.guarded("grace").policy("graceDays", 7).create();
        String alice = realm.addUser("alice");
        HttpLogin own = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        assertThat(own.postPassword("alice", "alice")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(own.body()).doesNotContain("totp-guard-not-now");
        assertThat(own.post("code", Map.of("notNow", "true"))).isEqualTo(Outcome.OTHER_PAGE);

        BoundFlows.passwordOnly(realm);
        realm.changeUser(alice, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));
        assertThat(atSetup(realm).post("notNow", Map.of("notNow", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.user(alice).getRequiredActions()).containsExactly(Realms.SETUP_ACTION);
        assertThat(atSetup(realm).body()).contains("totp-guard-not-now");
    }

    @Test
    @Tag("N18")
    @DisplayName("putting set-up off does not reach a level that needs a code")
    void levels(Realms realms) {
        TestRealm realm = realms.guarded("grace")
                .settings(settings -> settings.setAttributes(Map.of("acr.loa.map", "{\"silver\":1,\"gold\":2}")))
                .then(BoundFlows::levels)
                .policy("graceDays", 7)
                .create();
        realm.addUser("alice");
        HttpLogin gold = HttpLogin.open(OidcLogin.to(realm).with("acr_values", "gold"));
        assertThat(gold.postPassword("alice", "alice")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(gold.body()).contains("totp-guard-setup-form").doesNotContain("totp-guard-not-now");
        assertThat(gold.post("code", Map.of("notNow", "true"))).isEqualTo(Outcome.OTHER_PAGE);
    }

    private TestRealm lossRealm(Realms realms) {
        return realms.guarded("lost")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setSmtpServer(mails.settings());
                })
                .then(realm -> {
                    Flows flows = realm.flows();
                    flows.copy(Realms.BROWSER_FLOW, "lost");
                    String form = flows.execution("lost", Realms.FORM).getId();
                    flows.add("lost totp-guard browser forms", "test-lost-device", "REQUIRED");
                    flows.remove(form);
                    flows.bindBrowser("lost");
                })
                .create();
    }

    private static HttpLogin atQuestion(TestRealm realm) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-lost-form");
        return login;
    }

    private static HttpLogin atRequestAfterQuestion(TestRealm realm, String parameter) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION + parameter));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-lost-form");
        assertThat(login.post("no", Map.of("no", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        return login;
    }

    private static HttpLogin atSetup(TestRealm realm) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        assertThat(login.postPassword("alice", "alice")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-setup-form");
        return login;
    }

    private static int sessions(TestRealm realm, String user) {
        return realm.admin().get(realm.path("/users/" + user + "/sessions")).size();
    }
}
