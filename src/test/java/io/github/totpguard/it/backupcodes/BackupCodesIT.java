package io.github.totpguard.it.backupcodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.MailServer;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Backup codes from the first to the last, without a browser. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Backup codes")
final class BackupCodesIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final Duration STEP = Duration.ofSeconds(30);

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("N9")
    @Tag("N10")
    @Tag("N11")
    @Tag("A1")
    @Tag("A2")
    @Tag("S59")
    @DisplayName(
            "kc_action generates codes; each works once, in any order and spelling; the page reports a missing number")
    void anyOrder(Realms realms, TestClock clock, Database database) {
        TestRealm realm = guarded(realms).create();
        String bob = addBob(realm);
        List<String> codes = make(realm, clock);
        assertThat(codes).hasSize(10).doesNotHaveDuplicates();
        String secretData = secretData(database, bob);
        assertThat(codes).noneMatch(code -> secretData.contains(code.substring(3, 8)));
        assertThat(salts(secretData)).hasSize(10);
        assertThat(realm.events(EventType.UPDATE_CREDENTIAL).get(0).getDetails())
                .containsEntry("credential_type", BackupCodes.TYPE)
                .containsKey("credential_id");

        assertThat(passes(realm, codes.get(6))).isTrue();
        assertThat(passes(realm, codes.get(0).toLowerCase(Locale.ROOT).replace("-", " ")))
                .isTrue();
        assertThat(passes(
                        realm, codes.get(9).replace('0', 'O').replace('1', 'l').replace('-', '\u2013')))
                .isTrue();
        HttpLogin complete = BackupCodes.atForm(realm, "bob");
        BackupCodes.enter(complete, codes.get(1).substring(1).replace("-", ""));
        assertThat(complete.body()).contains("Did you lose your device?");
        assertThat(complete.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "accepted")
                .containsEntry("totp_guard_backup_codes_left", "6")
                .containsKey("selected_credential_id");

        HttpLogin login = BackupCodes.atForm(realm, "bob");
        for (String refused :
                List.of(codes.get(6), codes.get(3).substring(0, 19) + "?", wrong(codes.get(3)), "hello")) {
            assertThat(BackupCodes.enter(login, refused)).isEqualTo(Outcome.OTHER_PAGE);
            assertThat(login.body()).contains("input-error-backupCode");
        }
        assertThat(realm.events(EventType.LOGIN_ERROR).stream()
                        .map(event -> event.getDetails().get("totp_guard_verdict")))
                .containsExactly("malformed", "mismatch", "malformed", "replayed");
        assertThat(login.body()).contains("Part of the code is missing.").doesNotContain(codes.get(3));
        assertThat(BackupCodes.enter(login, "ABCDE-FGHJK-MNPQR")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("You left out the number in front of the code.");
        assertThat(BackupCodes.enter(login, codes.get(3))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(codes).noneMatch(code -> realm.events().toString().contains(code.substring(3, 8)));
        assertThat(database.text(
                        "select credential_data from credential where type = ? and user_id = ?", BackupCodes.TYPE, bob))
                .contains("\"remainingCodes\":5", "\"totalCodes\":10");
    }

    @Test
    @Tag("S25")
    @DisplayName("another user's code is refused and counted as a failure, and remains valid for its owner")
    void otherUsersCode(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).create();
        addBob(realm);
        List<String> codes = make(realm, clock);
        realm.addUserWithPlaintextOtp("eve", "phone", SECRET);
        BackupCodes.make(realm, "eve", phone.code(clock));
        HttpLogin eve = BackupCodes.atForm(realm, "eve");
        assertThat(BackupCodes.enter(eve, codes.get(2))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(eve.body()).contains("input-error-backupCode");
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "mismatch");
        assertThat(passes(realm, codes.get(2))).isTrue();
    }

    @Test
    @Tag("S7")
    @Tag("N4")
    @Tag("N5")
    @DisplayName("a temporary lock refuses a backup code and keeps it valid; a backup code ends a hard lock")
    void locks(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms)
                .policy("maxFailures", 2)
                .policy("hardLockFailures", 4)
                .create();
        addBob(realm);
        List<String> codes = make(realm, clock);
        HttpLogin app = HttpLogin.atCodePage(realm, "bob");
        app.postOtp(phone.wrongCode(clock));
        HttpLogin login = BackupCodes.toForm(app);
        assertThat(BackupCodes.enter(login, wrong(codes.get(0)))).isEqualTo(Outcome.LOCKED_PAGE);
        assertThat(BackupCodes.enter(login, codes.get(0))).isEqualTo(Outcome.LOCKED_PAGE);
        clock.advance(Duration.ofSeconds(61));
        HttpLogin again = HttpLogin.atCodePage(realm, "bob");
        again.postOtp(phone.wrongCode(clock));
        assertThat(again.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.LOCKED_PAGE);
        clock.advance(Duration.ofDays(2));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOCKED_PAGE);

        HttpLogin hard = BackupCodes.atForm(realm, "bob");
        assertThat(BackupCodes.enter(hard, wrong(codes.get(0)))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(hard.body()).contains("input-error-backupCode");
        assertThat(BackupCodes.enter(hard, codes.get(0))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(hard.body()).doesNotContain("input-error-backupCode");
        clock.advance(STEP);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("Keycloak's own codes keep working in their order in our form, until new codes replace them")
    void ofKeycloak(Realms realms, TestClock clock, Database database) {
        TestRealm realm = guarded(realms).create();
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("phone", SECRET),
                BackupCodes.ofKeycloak(
                        List.of("ABCDEFGH1234", "IJKLMNPQ5678", "RSTUVWXY9123", "ZZZZZZZZZZZZ", "YYYYYYYYYYYY"))));
        String bob = realm.addUser(person);
        HttpLogin login = BackupCodes.atForm(realm, "bob");
        assertThat(login.body()).contains("number 1 from your list");
        assertThat(BackupCodes.enter(login, "IJKL-MNPQ-5678")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("input-error-backupCode");
        assertThat(BackupCodes.enter(login, "abcd efgh 1234")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).doesNotContain("input-error-backupCode");
        assertThat(passes(realm, "ABCDEFGH1234")).isFalse();
        assertThat(BackupCodes.atForm(realm, "bob").body()).contains("number 2 from your list");
        assertThat(passes(realm, "IJKLMNPQ5678")).isTrue();
        assertThat(secretData(database, bob)).contains("\"number\":3").doesNotContain("\"number\":2");
        List<String> codes = make(realm, clock);
        assertThat(passes(realm, "RSTUVWXY9123")).isFalse();
        assertThat(passes(realm, codes.get(4))).isTrue();
    }

    @Test
    @Tag("N12")
    @DisplayName(
            "when few codes are left, new ones are offered and can be declined; the last code deletes the old list")
    void runningOut(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).policy("backupCodeCount", 5).create();
        String bob = addBob(realm);
        List<String> codes = make(realm, clock);
        // Without a device the question for a lost device is skipped.
        realm.credentials(bob, "otp").forEach(device -> realm.deleteCredential(bob, device.getId()));
        assertThat(BackupCodes.enter(BackupCodes.atForm(realm, "bob"), codes.get(0)))
                .isEqualTo(Outcome.LOGGED_IN);
        HttpLogin few = BackupCodes.atForm(realm, "bob");
        BackupCodes.enter(few, codes.get(1));
        assertThat(few.body()).contains("You have 3 backup codes left");
        assertThat(BackupCodes.on(few)).hasSize(5).doesNotContainAnyElementsOf(codes);
        assertThat(few.post("later", Map.of("later", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "accepted")
                .containsEntry("totp_guard_backup_codes_left", "3");
        HttpLogin last = few;
        for (int i = 2; i < 5; i++) {
            last = BackupCodes.atForm(realm, "bob");
            assertThat(BackupCodes.enter(last, codes.get(i))).isEqualTo(Outcome.OTHER_PAGE);
        }
        assertThat(last.body()).doesNotContain("codes left", "code left");
        assertThat(realm.credentials(bob, BackupCodes.TYPE)).isEmpty();
        List<String> newer = BackupCodes.on(last);
        BackupCodes.confirm(last);
        assertThat(passes(realm, newer.get(0))).isTrue();
    }

    @Test
    @DisplayName(
            "codes are offered after the first device, can be declined, and are not offered if the policy forbids them")
    void offered(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).create();
        String alice = realm.addUser("alice");
        HttpLogin login = enrolled(realm, "alice", clock);
        assertThat(BackupCodes.on(login)).hasSize(10);
        assertThat(login.post("later", Map.of("later", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.credentials(alice, BackupCodes.TYPE)).isEmpty();

        String carol = realm.addUser("carol");
        HttpLogin accepted = enrolled(realm, "carol", clock);
        String code = BackupCodes.on(accepted).get(7);
        assertThat(BackupCodes.confirm(accepted)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.credentials(carol, BackupCodes.TYPE)).hasSize(1);
        HttpLogin byCode = BackupCodes.atForm(realm, "carol");
        BackupCodes.enter(byCode, code);
        assertThat(byCode.body()).doesNotContain("input-error-backupCode");

        TestRealm without =
                guarded(realms).policy("backupCodesOnSetup", "false").create();
        without.addUser("dave");
        assertThat(enrolled(without, "dave", clock).outcome()).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("N9")
    @DisplayName(
            "a reload shows the same codes; codes are stored only when confirmed, and old ones are valid until then")
    void confirmed(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).policy("backupCodesConfirm", "code").create();
        String bob = addBob(realm);
        HttpLogin login = atCodes(realm, clock);
        List<String> codes = BackupCodes.on(login);
        login.post("confirm", Map.of());
        assertThat(BackupCodes.on(login)).isEqualTo(codes);
        for (String refused : List.of("", "nothing", wrong(codes.get(0)))) {
            login.post("confirm", Map.of("confirm", "true", "saved", "true", "backupCode", refused));
            assertThat(login.body()).contains("input-error-backupCode");
            assertThat(BackupCodes.on(login)).isEqualTo(codes);
        }
        assertThat(realm.credentials(bob, BackupCodes.TYPE)).isEmpty();
        assertThat(login.post(
                        "confirm",
                        Map.of("confirm", "true", "backupCode", codes.get(4).toLowerCase(Locale.ROOT))))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(login.login().claims(login.callback()).getSubject().getValue())
                .isEqualTo(bob);
        assertThat(passes(realm, codes.get(4))).isTrue();

        clock.advance(STEP);
        HttpLogin replacing = atCodes(realm, clock);
        List<String> newer = BackupCodes.on(replacing);
        assertThat(passes(realm, codes.get(5))).isTrue();
        assertThat(passes(realm, newer.get(6))).isFalse();
        replacing.post("confirm", Map.of("confirm", "true", "backupCode", newer.get(0)));
        assertThat(passes(realm, codes.get(6))).isFalse();
        assertThat(passes(realm, newer.get(6))).isTrue();
        assertThat(realm.credentials(bob, BackupCodes.TYPE)).hasSize(1);
    }

    @Test
    @Tag("S19")
    @Tag("N15")
    @DisplayName("a password alone generates no codes: a device is proved first, or a backup code if no device is left")
    void proof(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).create();
        String bob = addBob(realm);
        List<String> codes = make(realm, clock);
        realm.flows().bindBrowser(passwordOnly(realm));
        clock.advance(STEP);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", BackupCodes.ACTION));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).contains("totp-guard-prove-form", "Before you get backup codes");
        login.post("otp", Map.of("otp", "", "confirm", "true", "saved", "true"));
        assertThat(BackupCodes.on(login)).isEmpty();
        login.postOtp(phone.code(clock));
        assertThat(BackupCodes.on(login)).hasSize(10);

        realm.credentials(bob, "otp").forEach(device -> realm.deleteCredential(bob, device.getId()));
        for (String action : List.of(BackupCodes.ACTION)) {
            HttpLogin lost = HttpLogin.open(OidcLogin.to(realm).with("kc_action", action));
            lost.postPassword("bob", "bob");
            assertThat(lost.body()).contains("totp-guard-prove-form").doesNotContain("name=\"otp\"");
            lost.post("backupCode", Map.of("backupCode", wrong(codes.get(8))));
            assertThat(lost.body()).contains("input-error-backupCode");
            lost.post("backupCode", Map.of("backupCode", codes.get(8)));
            assertThat(BackupCodes.on(lost)).hasSize(10);
        }
    }

    @Test
    @Tag("D4")
    @DisplayName("Keycloak's own step leads to our form; if TOTP Guard is off, Keycloak's form accepts our codes too")
    void builtIn(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).policy("maxFailures", 3).create();
        addBob(realm);
        List<String> codes = make(realm, clock);
        Flows flows = realm.flows();
        flows.remove(flows.execution(Realms.BROWSER_FLOW, BackupCodes.FORM).getId());
        flows.remove(flows.subFlow(Realms.BROWSER_FLOW, "code").getId());
        flows.add("second factor", "auth-recovery-authn-code-form", "REQUIRED");
        HttpLogin ours = BackupCodes.atForm(realm, "bob");
        assertThat(BackupCodes.enter(ours, codes.get(5))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(ours.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(BackupCodes.enter(BackupCodes.atForm(realm, "bob"), codes.get(5)))
                .isEqualTo(Outcome.OTHER_PAGE);
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        assertThat(keycloaksForm(realm, codes.get(5))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(keycloaksForm(realm, wrong(codes.get(6)))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(keycloaksForm(realm, codes.get(6))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(keycloaksForm(realm, codes.get(6))).isEqualTo(Outcome.OTHER_PAGE);
    }

    @Test
    @DisplayName("the account console shows used and remaining codes, warns from three down, and links to our action")
    void accountConsole(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).policy("backupCodeCount", 5).create();
        addBob(realm);
        List<String> codes = make(realm, clock);
        assertThat(passes(realm, codes.get(0))).isTrue();
        JsonNode row = accountRow(realm, clock);
        assertThat(row.path("createAction").asText()).isEqualTo(BackupCodes.ACTION);
        assertThat(row.path("displayName").asText()).isEqualTo("totpGuard.backup.title");
        assertThat(row.path("helptext").asText()).isEqualTo("totpGuard.backup.help");
        JsonNode metadata = row.path("userCredentialMetadatas").path(0);
        assertThat(metadata.path("infoMessage").path("key").asText()).isEqualTo("totpGuard.account.codesUsed");
        assertThat(metadata.path("infoMessage").path("parameters").path(0).asText())
                .isEqualTo("1/5");
        assertThat(metadata.has("warningMessageTitle")).isFalse();
        assertThat(passes(realm, codes.get(1))).isTrue();
        assertThat(accountRow(realm, clock)
                        .path("userCredentialMetadatas")
                        .path(0)
                        .path("warningMessageTitle")
                        .path("parameters")
                        .path(0)
                        .asText())
                .isEqualTo("3");
    }

    @Test
    @DisplayName("the account console calls them backup codes in both languages, also those that Keycloak has named")
    void namesInAccountConsole(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).create();
        CredentialRepresentation keycloaks = BackupCodes.ofKeycloak(List.of("ABCDEFGH1234"));
        keycloaks.setUserLabel("Recovery codes");
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(People.password("bob"), People.plaintextOtp("Blue phone", SECRET), keycloaks));
        String bob = realm.addUser(person);
        JsonNode credential =
                accountRow(realm, clock).path("userCredentialMetadatas").path(0).path("credential");
        assertThat(credential.path("userLabel").asText("")).isEmpty();
        assertThat(realm.credentials(bob, BackupCodes.TYPE).get(0).getUserLabel())
                .isEqualTo("Recovery codes");
        Map.of("en", "Backup codes", "de", "Backup-Codes").forEach((language, name) -> {
            String texts = Http.send(Http.request(URI.create(
                                    realm.uri().toString().replace("/realms/", "/resources/") + "/account/" + language))
                            .build())
                    .body();
            for (String key : List.of(BackupCodes.TYPE, "totpGuard.backup.title")) {
                assertThat(texts).contains("{\"key\":\"" + key + "\",\"value\":\"" + name + "\"");
            }
        });
    }

    @Test
    @DisplayName("Keycloak's page of other ways calls them backup codes, and a device authenticator app")
    void namesOfOtherWays(Realms realms, TestClock clock) {
        TestRealm realm = guarded(realms).create();
        addBob(realm);
        make(realm, clock);
        clock.advance(STEP);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        login.post("tryAnotherWay", Map.of("tryAnotherWay", "on"));
        assertThat(login.body())
                .contains("Authenticator app", "Backup codes")
                .doesNotContain("-display-name", "-help-text", "totpGuard.", "Recovery");
    }

    @Test
    @Tag("A8")
    @Tag("N12")
    @DisplayName("mails tell of generated codes, of a used code with the number left, and of the last few codes")
    void mails(Realms realms, TestClock clock) {
        MailServer.requireReach();
        try (MailServer mails = MailServer.start()) {
            TestRealm realm = guarded(realms)
                    .settings(settings -> settings.setSmtpServer(mails.settings()))
                    .policy("backupCodeCount", 5)
                    .create();
            addBob(realm);
            List<String> codes = make(realm, clock);
            assertThat(mails.await("bob@example.org", 1)).hasSize(1);
            passes(realm, codes.get(0));
            assertThat(mails.await("bob@example.org", 2).get(1).text()).contains("4");
            passes(realm, codes.get(1));
            assertThat(mails.await("bob@example.org", 4)).hasSize(4);
        }
    }

    private static Realms.Builder guarded(Realms realms) {
        return realms.guarded("backup").then(BackupCodes::beside);
    }

    private static String addBob(TestRealm realm) {
        return realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
    }

    private List<String> make(TestRealm realm, TestClock clock) {
        List<String> codes = BackupCodes.make(realm, "bob", phone.code(clock));
        clock.advance(STEP);
        return codes;
    }

    private HttpLogin atCodes(TestRealm realm, TestClock clock) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", BackupCodes.ACTION));
        login.postPassword("bob", "bob");
        login.postOtp(phone.code(clock));
        return login;
    }

    /** Enters the code in a new login of Bob; returns whether it is accepted. */
    private static boolean passes(TestRealm realm, String code) {
        HttpLogin login = BackupCodes.atForm(realm, "bob");
        BackupCodes.enter(login, code);
        return !login.body().contains("input-error-backupCode") && !login.body().contains("totp-guard-locked");
    }

    private static HttpLogin enrolled(TestRealm realm, String username, TestClock clock) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        login.postPassword(username, username);
        String uri = login.body()
                .replaceAll("(?s).*href=\"(otpauth://[^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        login.post("code", Map.of("code", PhoneApp.scan(uri).code(clock), "label", ""));
        return login;
    }

    private static String passwordOnly(TestRealm realm) {
        Flows flows = realm.flows();
        flows.copy("browser", "password only");
        flows.executions("password only").stream()
                .filter(execution -> execution.getDisplayName().matches(".* Conditional (2FA|OTP)"))
                .forEach(execution -> flows.remove(execution.getId()));
        return "password only";
    }

    private static Outcome keycloaksForm(TestRealm realm, String code) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        login.postPassword("bob", "bob");
        return login.post("recoveryCodeInput", Map.of("recoveryCodeInput", code));
    }

    private JsonNode accountRow(TestRealm realm, TestClock clock) {
        clock.advance(STEP);
        for (JsonNode row :
                realm.account(realm.accessToken("bob", phone.code(clock))).credentials("")) {
            if (row.path("type").asText().equals(BackupCodes.TYPE)) {
                return row;
            }
        }
        throw new AssertionError("no row of backup codes");
    }

    /** The code with another last letter. */
    private static String wrong(String code) {
        char last = code.charAt(code.length() - 1);
        return code.substring(0, code.length() - 1) + (last == 'A' ? 'B' : 'A');
    }

    private static String secretData(Database database, String userId) {
        return database.text(
                "select secret_data from credential where type = ? and user_id = ?", BackupCodes.TYPE, userId);
    }

    private static HashSet<String> salts(String secretData) {
        HashSet<String> salts = new HashSet<>();
        for (JsonNode code : AdminApi.parse(secretData).path("codes")) {
            String hash = new String(
                    Base64.getDecoder().decode(code.path("encodedHashedValue").asText()));
            salts.add(AdminApi.parse(hash).path("h").path("salt").asText());
        }
        return salts;
    }
}
