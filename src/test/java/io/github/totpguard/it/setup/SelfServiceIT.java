package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.labels;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.CountRules;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
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
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * The self-service of users for their own devices, and the mails about it, through the login pages and the account
 * REST.
 */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Self-service")
final class SelfServiceIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String SECOND_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String BOB = "bob@example.org";
    private static final Duration STEP = Duration.ofSeconds(30);

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

    // ---- Removing ----

    @Test
    @Tag("S22")
    @Tag("S19")
    @Tag("N5")
    @Tag("A11")
    @DisplayName(
            "with only the password no page removes a device; with a code the device is removed, and a mail is sent")
    void removingNeedsProof(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        HttpLogin login = atRemoval(realm, device(realm, bob));
        assertThat(login.outcome()).isEqualTo(Outcome.CODE_PAGE);
        for (String field : List.of("accept", "continue")) {
            assertThat(login.post("otp", Map.of(field, "true"))).isEqualTo(Outcome.CODE_PAGE);
            assertThat(login.body()).contains("totp-guard-prove-form");
        }
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(realm.events(EventType.REMOVE_CREDENTIAL_ERROR).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "mismatch");
        assertThat(labels(realm, bob)).containsExactly("Blue phone");

        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("kc-accept");
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
        assertThat(login.post("accept", Map.of("accept", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(login.callback().getQuery()).contains("kc_action_status=success");
        assertThat(labels(realm, bob)).isEmpty();
        ReceivedMail mail = mails.await(BOB, 1).get(0);
        assertThat(mail.subject()).isEqualTo("Example: a device was removed from your account");
        for (String body : List.of(mail.text(), mail.html().replaceAll("<[^>]*>", " "))) {
            assertThat(body)
                    .contains("Blue phone", "127.0.0.1", "If this wasn", "Change your password now")
                    .doesNotContain("totpGuard", "${", SECRET);
        }
    }

    @Test
    @Tag("S22")
    @DisplayName("with a token of only the password the account REST removes no device, and says why")
    void removingByRest(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).then(BoundFlows::passwordOnly).create();
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("Blue phone", SECRET),
                BackupCodes.ofKeycloak(List.of("ABCDEFGH1234"))));
        String bob = realm.addUser(person);
        String codes = realm.credentials(bob, BackupCodes.TYPE).get(0).getId();
        String device = device(realm, bob);
        String proved = realm.accessToken("bob", phone.code(clock));
        passwordGrant(realm);
        String passwordOnly = realm.accessToken("bob", "");
        for (String id : List.of(device, "otp-id", codes, BackupCodes.TYPE + "-id")) {
            HttpResponse<String> refused = realm.account(passwordOnly).removeCredential(id);
            assertThat(refused.statusCode()).as(id).isEqualTo(403);
            assertThat(refused.body())
                    .contains("You haven't confirmed with your second factor recently", "isn't enough");
        }
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
        assertThat(realm.credentials(bob, BackupCodes.TYPE)).hasSize(1);
        assertThat(realm.account(proved).removeCredential(codes).statusCode()).isEqualTo(204);
        assertThat(realm.account(proved).removeCredential(device).statusCode()).isEqualTo(204);
        assertThat(labels(realm, bob)).isEmpty();
        assertThat(mails.await(BOB, 1)).hasSize(1);
    }

    @Test
    @DisplayName("the page that removes a credential says what it is in words, also if it has no name of its own")
    void removingNamesInWords(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).create();
        UserRepresentation person = People.person("bob");
        CredentialRepresentation codes = BackupCodes.ofKeycloak(List.of("ABCDEFGH1234"));
        codes.setUserLabel("Recovery codes");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("Blue phone", SECRET),
                People.plaintextOtp("", SECOND_SECRET),
                codes));
        String bob = realm.addUser(person);
        List<CredentialRepresentation> devices = realm.credentials(bob, "otp");
        Map<String, String> names = Map.of(
                devices.get(0).getId(), "Blue phone",
                devices.get(1).getId(), "Authenticator app",
                realm.credentials(bob, BackupCodes.TYPE).get(0).getId(), "Backup codes");
        names.forEach((id, name) -> {
            HttpLogin login = atRemoval(realm, id);
            assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
            assertThat(login.body()).contains("kc-accept", "Delete " + name, "Do you want to delete " + name + "?");
            clock.advance(STEP);
        });
        HttpLogin login = atRemoval(realm, devices.get(1).getId());
        login.postOtp(phone.code(clock));
        assertThat(login.post("accept", Map.of("accept", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
    }

    @Test
    @DisplayName("the last device cannot be removed if the login asks for one, and the page says why; another one can")
    void lastOne(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).create();
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("Blue phone", SECRET),
                People.plaintextOtp("Old phone", SECOND_SECRET)));
        String bob = realm.addUser(person);
        String old = realm.credentials(bob, "otp").get(1).getId();
        HttpLogin login = atRemoval(realm, old);
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.post("accept", Map.of("accept", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactly("Blue phone");

        clock.advance(STEP);
        HttpLogin last = atRemoval(realm, device(realm, bob));
        assertThat(last.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(last.body()).contains("totp-guard-kept-form", "your last second factor");
        assertThat(last.post("continue", Map.of("accept", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(last.post("continue", Map.of("continue", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(last.callback().getQuery()).contains("kc_action_status=cancelled");

        clock.advance(STEP);
        HttpResponse<String> refused =
                realm.account(realm.accessToken("bob", phone.code(clock))).removeCredential(device(realm, bob));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("your last second factor").doesNotContain("''");
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
    }

    @Test
    @DisplayName("a client's own flow counts too; a conditional flow for users who have a device demands none")
    void whereDemanded(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        String guarded = realm.admin().get(realm.path("/authentication/flows")).findParents("alias").stream()
                .filter(flow -> flow.path("alias").asText().equals(Realms.BROWSER_FLOW))
                .map(flow -> flow.path("id").asText())
                .findFirst()
                .orElseThrow();
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("payments");
        client.setEnabled(true);
        client.setAuthenticationFlowBindingOverrides(Map.of("browser", guarded));
        String id = realm.admin().create(realm.path("/clients"), client);
        HttpLogin refused = atRemoval(realm, device(realm, bob));
        assertThat(refused.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(refused.body()).contains("totp-guard-kept-form");

        realm.admin().delete(realm.path("/clients/" + id));
        Flows flows = realm.flows();
        String sub = "password only totp-guard browser forms";
        flows.addSubFlow(sub, "who has one", "CONDITIONAL");
        flows.add("who has one", "conditional-user-configured", "REQUIRED");
        flows.add("who has one", Realms.FORM, "REQUIRED");
        clock.advance(STEP);
        HttpLogin allowed = atRemoval(realm, device(realm, bob));
        assertThat(allowed.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(allowed.post("accept", Map.of("accept", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).isEmpty();
    }

    @Test
    @DisplayName("an administrator can remove the last one; the mail says who removed it, but not from which address")
    void byAdministrator(Realms realms) {
        TestRealm realm = realm(realms).create();
        String bob = addBob(realm);
        realm.deleteCredential(bob, device(realm, bob));
        assertThat(labels(realm, bob)).isEmpty();
        ReceivedMail mail = mails.await(BOB, 1).get(0);
        assertThat(mail.subject()).isEqualTo("Example: a device was removed from your account");
        assertThat(mail.text())
                .contains("Name: Blue phone", "An administrator did this", "ask your administrator")
                .doesNotContain("127.0.0.1");
    }

    @Test
    @Tag("S41")
    @DisplayName("of two devices removed at once the last one stays; of several set-ups at once one is stored")
    void counts(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms)
                .policy("maxDevices", 1)
                .policy("backupCodesOnSetup", false)
                .then(made -> made.registerRequiredAction(BackupCodes.ACTION, "Create backup codes"))
                .create();
        CountRules.lastDevice(realm, clock, realm.uri());
        CountRules.setUps(realm, clock, realm.uri());
        realm.flows().bindBrowser("browser");
        CountRules.backupCodes(realm, realm.uri());
    }

    // ---- Adding ----

    @Test
    @Tag("S22")
    @Tag("S19")
    @DisplayName("with only the password, Keycloak's own set-up page, if it is on, adds no second device")
    void keycloaksOwnPage(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).then(BoundFlows::passwordOnly).create();
        realm.enableRequiredAction("CONFIGURE_TOTP", true);
        String bob = addBob(realm);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", "CONFIGURE_TOTP"));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        PhoneApp own = PhoneApp.type(SECOND_SECRET);
        assertThat(login.post("otp", keycloaksForm(own.code(clock)))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).contains("totp-guard-prove-form");
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.post("code", keycloaksForm(own.code(clock)))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(labels(realm, bob)).containsExactly("Blue phone");
        assertThat(login.post("code", Map.of("code", PhoneApp.scan(login).code(clock), "label", "Second")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Blue phone", "Second");
        assertThat(mails.await(BOB, 1).get(0).subject()).isEqualTo("Example: a device was added to your account");
    }

    @Test
    @Tag("A8")
    @DisplayName(
            "if Keycloak's own e-mail listener reports a change, our mail about that change is left out, and no other")
    void notTwice(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms)
                .settings(settings -> settings.setEventsListeners(List.of("jboss-logging", "email")))
                .create();
        String bob = addBob(realm);
        HttpLogin adding = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        adding.postPassword("bob", "bob");
        adding.postOtp(phone.code(clock));
        assertThat(adding.post("code", Map.of("code", PhoneApp.scan(adding).code(clock), "label", "Second")))
                .isEqualTo(Outcome.LOGGED_IN);
        clock.advance(STEP);
        HttpLogin renaming = atRenaming(realm, phone.code(clock));
        rename(renaming, realm, bob, Map.of("Second", "Third"));
        assertThat(renaming.outcome()).isEqualTo(Outcome.LOGGED_IN);
        // Our mail about the new name comes last: a mail of ours about the new device would have arrived before it.
        List<String> subjects =
                mails.await(BOB, 2).stream().map(ReceivedMail::subject).toList();
        assertThat(subjects)
                .hasSize(2)
                .contains("Example: a device was renamed")
                .doesNotContain("Example: a device was added to your account");
    }

    // ---- Renaming ----

    @Test
    @Tag("N14")
    @DisplayName("a device is renamed after a code, by the rules for names, with event and mail in the user's language")
    void renamed(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms)
                .settings(settings -> {
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                })
                .then(BoundFlows::passwordOnly)
                .create();
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("Blue phone", SECRET),
                People.plaintextOtp("Old phone", SECOND_SECRET)));
        person.setAttributes(Map.of("locale", List.of("de")));
        String bob = realm.addUser(person);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION + ":rename"));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("Geräte umbenennen", "Blue phone", "Old phone");
        rename(login, realm, bob, Map.of("Old phone", "BLUE PHONE"));
        assertThat(login.body()).contains("Sie haben bereits ein Gerät mit diesem Namen");
        rename(login, realm, bob, Map.of("Old phone", " "));
        assertThat(login.body()).contains("Geben Sie einen Namen für das Gerät ein");
        rename(login, realm, bob, Map.of("Old phone", "x".repeat(65)));
        assertThat(login.body()).contains("Der Gerätename ist zu lang");
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Blue phone", "Old phone");

        rename(login, realm, bob, Map.of("Old phone", "Rotes Telefon"));
        assertThat(login.outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(login.callback().getQuery()).contains("kc_action_status=success");
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Blue phone", "Rotes Telefon");
        assertThat(realm.events(EventType.CUSTOM_REQUIRED_ACTION).stream()
                        .map(EventRepresentation::getDetails)
                        .filter(details -> details.containsKey("totp_guard_renamed_from")))
                .singleElement()
                .satisfies(details -> assertThat(details)
                        .containsEntry("totp_guard_renamed_from", "Old phone")
                        .containsEntry("credential_user_label", "Rotes Telefon"));
        ReceivedMail mail = mails.await(BOB, 1).get(0);
        assertThat(mail.subject()).isEqualTo("Example: Ein Gerät wurde umbenannt");
        assertThat(mail.text()).contains("Name: Rotes Telefon", "Wenn Sie das nicht waren", "Zeitpunkt");
        clock.advance(STEP);
        HttpLogin fromSetup = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        fromSetup.postPassword("bob", "bob");
        fromSetup.postOtp(phone.code(clock));
        String device = device(realm, bob);
        assertThat(fromSetup.body())
                .contains("Ihre Geräte", "name=\"rename\" value=\"" + device + "\"")
                .contains("aria-label=\"Blue phone umbenennen\"", "aria-label=\"Rotes Telefon umbenennen\"");
        assertThat(fromSetup.post("rename", Map.of("rename", device))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(fromSetup.body())
                .contains("totp-guard-rename-form")
                .containsPattern("name=\"label-" + device + "\"[^>]*autofocus");
        assertThat(fromSetup.post("back", Map.of("back", "true"))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(fromSetup.body()).contains("totp-guard-setup-form");
    }

    // ---- Last use ----

    @Test
    @DisplayName("the account console shows when each device was last used")
    void lastUse(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).create();
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("Blue phone", SECRET),
                People.plaintextOtp("Old phone", SECOND_SECRET)));
        realm.addUser(person);
        JsonNode rows = realm.account(realm.accessToken("bob", phone.code(clock)))
                .credentials("?type=otp")
                .path(0)
                .path("userCredentialMetadatas");
        Map<String, JsonNode> byLabel = new TreeMap<>();
        rows.forEach(row -> byLabel.put(row.path("credential").path("userLabel").asText(), row.path("infoMessage")));
        assertThat(byLabel.get("Blue phone").path("key").asText()).isEqualTo("totpGuard.account.lastUsed");
        assertThat(byLabel.get("Blue phone").path("parameters").path(0).asText())
                .matches("[A-Z][a-z]+ \\d+, \\d{4}(,| at) \\d+:\\d\\d.[AP]M");
        assertThat(byLabel.get("Old phone").path("key").asText()).isEqualTo("totpGuard.account.neverUsed");
    }

    private Realms.Builder realm(Realms realms) {
        return realms.guarded("self").settings(settings -> {
            settings.setDisplayName("Example");
            settings.setSmtpServer(mails.settings());
        });
    }

    private static String addBob(TestRealm realm) {
        return realm.addUserWithPlaintextOtp("bob", "Blue phone", SECRET);
    }

    private static HttpLogin atRemoval(TestRealm realm, String credentialId) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", "delete_credential:" + credentialId));
        login.postPassword("bob", "bob");
        return login;
    }

    private static HttpLogin atRenaming(TestRealm realm, String code) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION + ":rename"));
        login.postPassword("bob", "bob");
        assertThat(login.postOtp(code)).isEqualTo(Outcome.OTHER_PAGE);
        return login;
    }

    /** @param names new names by current ones */
    private static void rename(HttpLogin login, TestRealm realm, String user, Map<String, String> names) {
        Map<String, String> form = new TreeMap<>(Map.of("save", "true"));
        for (CredentialRepresentation device : realm.credentials(user, "otp")) {
            form.put("label-" + device.getId(), names.getOrDefault(device.getUserLabel(), device.getUserLabel()));
        }
        login.post("save", form);
    }

    private static Map<String, String> keycloaksForm(String code) {
        return Map.of("totp", code, "totpSecret", asciiSecret(), "userLabel", "Second", "mode", "manual");
    }

    /** The secret as text, which Keycloak's form contains; the app uses its Base32 form. */
    private static String asciiSecret() {
        return "12345678901234567890";
    }

    private static String device(TestRealm realm, String user) {
        return realm.credentials(user, "otp").get(0).getId();
    }

    private static void passwordGrant(TestRealm realm) {
        Flows flows = realm.flows();
        flows.copy("direct grant", "password grant");
        List<AuthenticationExecutionInfoRepresentation> executions =
                new ArrayList<>(flows.executions("password grant"));
        executions.stream()
                .filter(execution -> execution.getDisplayName().endsWith("Conditional OTP"))
                .forEach(execution -> flows.remove(execution.getId()));
        flows.bindDirectGrant("password grant");
    }
}
