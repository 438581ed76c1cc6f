package io.github.totpguard.it.entrances;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AdminApiException;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpBrowser;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.IdentityProvider;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.MailServer;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.ReceivedMail;
import io.github.totpguard.harness.SoftKey;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A realm as Keycloak creates it, switched on only by enabling one required action. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Built-in flows")
final class BuiltInFlowsIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String KEYCLOAKS_SETUP = "CONFIGURE_TOTP";
    private static final String KEYCLOAKS_CODES = "CONFIGURE_RECOVERY_AUTHN_CODES";
    private static final Duration STEP = Duration.ofSeconds(30);

    private static MailServer mails;

    private final PhoneApp phone = PhoneApp.type(SECRET);

    private TestRealm realm;
    private String bobsMail;

    @BeforeAll
    static void startMailServer() {
        MailServer.requireReach();
        mails = MailServer.start();
    }

    @AfterAll
    static void stopMailServer() {
        if (mails != null) {
            mails.close();
        }
    }

    @BeforeEach
    void realm(Realms realms) {
        realm = realms.plain("built-in")
                .settings(settings -> {
                    settings.setResetPasswordAllowed(true);
                    settings.setSmtpServer(mails.settings());
                })
                .then(BuiltInFlowsIT::switchOn)
                .create();
        bobsMail = realm.name() + "bob@example.org";
    }

    /** The only call that an administrator makes. */
    static void switchOn(TestRealm realm) {
        realm.admin()
                .post(
                        realm.path("/authentication/register-required-action"),
                        Map.of("providerId", Realms.SETUP_ACTION, "name", "Set up an authenticator app (TOTP Guard)"));
    }

    // ---- Login ----

    @Test
    @Tag("D4")
    @DisplayName("the built-in form is ours: verdict in the event, any spelling of the code, sealed at first use")
    void login(TestClock clock) {
        String bob = addBob(People.plaintextOtp("phone", SECRET));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.body()).contains("totp-guard-code-form");
        assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(realm.events(EventType.LOGIN_ERROR).get(0).getDetails())
                .containsEntry("totp_guard_verdict", "mismatch");
        String code = phone.code(clock);
        assertThat(login.postOtp(code.substring(0, 3) + " " + code.substring(3)))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails()).containsEntry("totp_guard_verdict", "accepted");
        assertThat(realm.credentials(bob, "otp")).hasSize(1);
    }

    @Test
    @DisplayName("a user without any second factor is not asked, as before")
    void nothingToAsk() {
        addBob();
        assertThat(HttpLogin.open(OidcLogin.to(realm)).postPassword("bob", "bob"))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("D4")
    @Tag("S20")
    @DisplayName("enrolment, backup codes and a lost device all work through Keycloak's own ids")
    void enrolment(TestClock clock) {
        String bob = addBob();
        HttpLogin setup = HttpLogin.open(OidcLogin.to(realm).with("kc_action", KEYCLOAKS_SETUP));
        assertThat(setup.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(setup.body()).contains("totp-guard-setup-form").doesNotContain("totpSecret");
        PhoneApp app = PhoneApp.scan(setup);
        assertThat(setup.post("code", Map.of("code", app.code(clock), "label", "My phone")))
                .isEqualTo(Outcome.OTHER_PAGE);
        List<String> codes = BackupCodes.on(setup);
        assertThat(codes).hasSize(10);
        BackupCodes.confirm(setup);
        assertThat(setup.callback().getQuery()).contains("kc_action_status=success");
        assertThat(realm.credentials(bob, "otp")).hasSize(1);
        assertThat(realm.credentials(bob, BackupCodes.TYPE)).hasSize(1);

        clock.advance(STEP);
        HttpLogin badDay = HttpLogin.atCodePage(realm, "bob");
        assertThat(badDay.post("useBackupCode", Map.of("useBackupCode", "true")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(badDay.body()).contains("totp-guard-backup-code-form", "totp-guard-use-app");
        assertThat(badDay.post("useApp", Map.of("useApp", "true"))).isEqualTo(Outcome.CODE_PAGE);
        badDay.post("useBackupCode", Map.of("useBackupCode", "true"));
        assertThat(BackupCodes.enter(badDay, "01-AAAAA-AAAAA-AAAAA")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(BackupCodes.enter(badDay, codes.get(6))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(badDay.body()).contains("totp-guard-lost");
        assertThat(badDay.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails())
                .containsEntry("totp_guard_backup_codes_left", "9");

        clock.advance(STEP);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(app.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S42")
    @DisplayName("a user who has only backup codes is asked for one, even if the flow has no step for them")
    void codesOnly() {
        addBob(BackupCodes.ofKeycloak(List.of("ABCDEFGH1234", "IJKLMNPQ5678", "RSTUVWXY1234", "ABCDEFGH5678")));
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-backup-code-form").doesNotContain("totp-guard-use-app");
        BackupCodes.enter(login, "ABCD-EFGH-1234");
        assertThat(login.body()).contains("totp-guard-backup-codes-form");
        assertThat(login.post("later", Map.of("later", "true"))).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("N18")
    @DisplayName("a backup code that is entered on the code page does not set the step's reference in amr")
    void noClaim(TestClock clock) {
        Flows flows = realm.flows();
        flows.reference(flows.execution("browser", "auth-otp-form").getId(), "otp", 36_000);
        addBob(
                People.plaintextOtp("phone", SECRET),
                BackupCodes.ofKeycloak(List.of("ABCDEFGH1234", "IJKLMNPQ5678", "RSTUVWXY1234", "ABCDEFGH5678", "X1")));
        HttpLogin byCode = HttpLogin.atCodePage(realm, "bob");
        byCode.postOtp(phone.code(clock));
        assertThat(OidcLogin.amr(byCode.login().claims(byCode.callback()))).contains("otp");

        HttpLogin byBackupCode = HttpLogin.atCodePage(realm, "bob");
        byBackupCode.post("useBackupCode", Map.of("useBackupCode", "true"));
        BackupCodes.enter(byBackupCode, "ABCD-EFGH-1234");
        assertThat(byBackupCode.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(OidcLogin.amr(byBackupCode.login().claims(byBackupCode.callback())))
                .doesNotContain("otp");
    }

    @ParameterizedTest(name = "{0} first")
    @CsvSource({"key", "passkey", "codes"})
    @Tag("S49")
    @DisplayName(
            "if a user has a device, its code is asked for first, even if another factor is older; the rest is offered")
    void deviceFirst(String older, TestClock clock) {
        Flows flows = realm.flows();
        flows.copy("browser", "everything");
        for (String step : List.of("webauthn-authenticator", "auth-recovery-authn-code-form")) {
            flows.require("everything", flows.execution("everything", step).getId(), "ALTERNATIVE");
        }
        flows.add("everything Browser - Conditional 2FA", "webauthn-authenticator-passwordless", "ALTERNATIVE");
        flows.bindBrowser("everything");
        String bob =
                addBob(credential(older), People.plaintextOtp("phone", SECRET), new SoftKey().secondFactor("newer"));
        assertThat(realm.credentials(bob).get(1).getType()).isNotEqualTo("otp");
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.body()).contains("totp-guard-code-form", "try-another-way");
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.credentials(bob).get(1).getType()).isEqualTo("otp");
    }

    @Test
    @Tag("S49")
    @DisplayName("a replaced device is asked for first too, before the codes that are older than it")
    void replacedDeviceFirst(TestClock clock) {
        addBob(
                People.plaintextOtp("lost phone", SECRET),
                BackupCodes.ofKeycloak(List.of("ABCDEFGH1234", "IJKLMNPQ5678", "RSTUVWXY1234", "ABCDEFGH5678", "X1")));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        login.post("useBackupCode", Map.of("useBackupCode", "true"));
        BackupCodes.enter(login, "ABCD-EFGH-1234");
        String device = login.body().replaceAll("(?s).*name=\"device\" value=\"([^\"]+)\".*", "$1");
        login.post("device", Map.of("device", device, "replace", "true"));
        PhoneApp fresh = PhoneApp.scan(login);
        assertThat(login.post("code", Map.of("code", fresh.code(clock), "label", "new phone")))
                .isEqualTo(Outcome.LOGGED_IN);
        clock.advance(STEP);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(fresh.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    // ---- Mails ----

    @Test
    @Tag("A8")
    @DisplayName(
            "added and removed keys and linked accounts are told by mail; a changed address is told to the old one")
    void mails(TestClock clock, Realms realms) {
        realm.enableRequiredAction("UPDATE_EMAIL", true);
        IdentityProvider provider = IdentityProvider.of(realm, realms);
        provider.addUser("robert");
        SoftKey key = new SoftKey();
        String bob = addBob(People.plaintextOtp("phone", SECRET));
        HttpLogin session = HttpLogin.atCodePage(realm, "bob");
        session.postOtp(phone.code(clock));
        session.go(OidcLogin.to(realm).with("kc_action", "webauthn-register").uri());
        assertThat(key.register(session, "my key")).isEqualTo(Outcome.LOGGED_IN);
        String stored = realm.credentials(bob, "webauthn").get(0).getId();
        session.go(OidcLogin.to(realm)
                .with("kc_action", "delete_credential:" + stored)
                .uri());
        assertThat(session.post("accept", Map.of("accept", "true"))).isEqualTo(Outcome.LOGGED_IN);
        session.go(provider.linking().uri());
        IdentityProvider.confirmLinking(session);
        assertThat(session.postPassword("robert", "robert")).isEqualTo(Outcome.LOGGED_IN);
        session.go(OidcLogin.to(realm).with("kc_action", "UPDATE_EMAIL").uri());
        session.post("email", Map.of("email", realm.name() + "new@example.org"));
        assertThat(realm.user(bob).getEmail()).isEqualTo(realm.name() + "new@example.org");
        assertThat(mails.await(bobsMail, 4).stream().map(ReceivedMail::subject))
                .anyMatch(subject -> subject.contains("a security key or passkey was added"))
                .anyMatch(subject -> subject.contains("a security key or passkey was removed"))
                .anyMatch(subject -> subject.contains("another account was linked"))
                .anyMatch(subject -> subject.contains("your email address was changed"));
    }

    @Test
    @Tag("S38")
    @DisplayName(
            "a first login through an identity provider does not link an account with a second factor by mail alone")
    void firstLoginOfBroker(Realms realms, TestClock clock) {
        IdentityProvider provider = IdentityProvider.of(realm, realms);
        provider.addUser("bob");
        String bob = addBob(People.plaintextOtp("phone", SECRET));
        HttpLogin login = HttpLogin.open(provider.login());
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        int before = mailsWithLink().size();
        login.post("submitAction", Map.of("submitAction", "linkAccount"));
        login.go(lastLink(before + 1));
        if (login.body().contains("action-token")) {
            login.go(proceed(login));
        }
        assertThat(provider.links(bob)).isEmpty();
        assertThat(realm.events(EventType.FEDERATED_IDENTITY_LINK_ERROR))
                .anyMatch(event -> "totp_guard_second_factor_missing".equals(event.getError()));
    }

    @Test
    @DisplayName("administrators see which factors a user has")
    void factorsForAdministrators() {
        String bob = addBob(People.plaintextOtp("phone", SECRET), new SoftKey().secondFactor("my key"));
        JsonNode factors =
                realm.admin().get(realm.path("/totp-guard/users/" + bob)).path("factors");
        assertThat(factors.path("device").asInt()).isEqualTo(1);
        assertThat(factors.path("security_key").asInt()).isEqualTo(1);
        assertThat(factors.has("backup_codes")).isFalse();
    }

    // ---- Trusted browsers ----

    @Test
    @Tag("O1")
    @DisplayName("the code page accepts a trusted browser if the flow has no step for it")
    void trusted(TestClock clock) {
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("trustedBrowserDays", "30"));
        addBob(People.plaintextOtp("phone", SECRET));
        HttpBrowser browser = new HttpBrowser(HttpBrowser.FIREFOX);
        browser.trust(realm, "bob", phone.code(clock));
        HttpLogin again = browser.logIn(realm, "bob");
        assertThat(again.outcome()).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.events(EventType.LOGIN).get(0).getDetails()).containsEntry("totp_guard_trust", "trusted");
    }

    @Test
    @Tag("N18")
    @DisplayName("if the step sets a reference in amr, the box is not shown, and trust is neither given nor accepted")
    void noTrustWithReference(TestClock clock) {
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("trustedBrowserDays", "30"));
        addBob(People.plaintextOtp("phone", SECRET));
        HttpBrowser browser = new HttpBrowser(HttpBrowser.FIREFOX);
        browser.trust(realm, "bob", phone.code(clock));
        Flows flows = realm.flows();
        flows.reference(flows.execution("browser", "auth-otp-form").getId(), "otp", 36_000);
        clock.advance(STEP);
        HttpLogin login = browser.logIn(realm, "bob");
        assertThat(login.outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).doesNotContain("trustBrowser");
    }

    // ---- Direct grant ----

    @Test
    @Tag("S11")
    @DisplayName("the built-in direct grant answers as ours does: a missing code, any device, the duration of a lock")
    void directGrant(TestClock clock) {
        addBob(People.plaintextOtp("phone", SECRET));
        HttpResponse<String> missing = grant(Map.of());
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(error(missing)).contains("parameter otp is missing");
        assertThat(error(grant(Map.of("otp", phone.wrongCode(clock))))).isEqualTo("Invalid one-time code");
        assertThat(grant(Map.of("otp", phone.code(clock))).statusCode()).isEqualTo(200);
        for (String wrong : phone.wrongCodes(clock, 5)) {
            grant(Map.of("otp", wrong));
        }
        HttpResponse<String> locked = grant(Map.of("otp", phone.code(clock)));
        assertThat(error(locked)).contains("try again in");
        assertThat(locked.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"key", "passkey", "codes"})
    @DisplayName(
            "a password alone is not enough for a direct grant if the user has a second factor other than a device")
    void directGrantWithoutDevice(String factor) {
        addBob(credential(factor));
        assertThat(error(grant(Map.of()))).contains("no authenticator device");
        addUser("carol");
        assertThat(grant(Map.of("username", "carol", "password", "carol")).statusCode())
                .isEqualTo(200);
    }

    // ---- Reset ----

    @Test
    @Tag("S26")
    @Tag("A10")
    @DisplayName("the mail link alone changes nothing: a code is asked for first, then the password changes")
    void reset(TestClock clock) {
        addBob(People.plaintextOtp("phone", SECRET));
        HttpLogin reset = openMailLink();
        assertThat(reset.outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(reset.body()).contains("replace your authenticator app. Enter a code from your app to continue.");
        assertThat(reset.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(newPassword(reset)).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S42")
    @DisplayName("if a user has only backup codes, one is asked for before the password changes")
    void resetWithCodes() {
        addBob(BackupCodes.ofKeycloak(List.of("ABCDEFGH1234", "IJKLMNPQ5678", "RSTUVWXY1234", "ABCDEFGH5678")));
        HttpLogin reset = openMailLink();
        assertThat(reset.body()).contains("totp-guard-backup-code-form").doesNotContain("password-new");
        assertThat(reset.post("backupCode", Map.of("backupCode", "ABCD-EFGH-1234")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(newPassword(reset)).isEqualTo(Outcome.LOGGED_IN);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"key, SECURITY_KEY", "passkey, PASSKEY"})
    @Tag("S39")
    @DisplayName("if a user has only a key, it is asked for before the password changes, and a forged key is refused")
    void resetWithKey(String factor, String way) {
        SoftKey key = new SoftKey();
        addBob(factor.equals("key") ? key.secondFactor("my key") : key.passkey("my key"));
        HttpLogin reset = openMailLink();
        assertThat(reset.body()).contains("totp-guard-prove-by-" + way).doesNotContain("password-new");
        reset.post("proveBy", Map.of("proveBy", way));
        assertThat(key.forged().answer(reset)).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(reset.body()).contains("totp-guard-prove-by-" + way);
        reset.post("proveBy", Map.of("proveBy", way));
        assertThat(key.answer(reset)).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(newPassword(reset)).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S39")
    @DisplayName("a reset flow without a step for it ends with a proof, not with a new password or a login")
    void resetWithoutStep(TestClock clock) {
        Flows flows = realm.flows();
        flows.copy("reset credentials", "reset by mail");
        flows.executions("reset by mail").stream()
                .filter(execution -> execution.getDisplayName().endsWith("Conditional OTP"))
                .forEach(execution -> flows.remove(execution.getId()));
        flows.bindReset("reset by mail");
        addBob(People.plaintextOtp("phone", SECRET));
        HttpLogin reset = openMailLink();
        assertThat(reset.outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(reset.body()).contains("totp-guard-prove-form").doesNotContain("password-new");
        assertThat(reset.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(newPassword(reset)).isEqualTo(Outcome.LOGGED_IN);

        flows.remove(flows.execution("reset by mail", "reset-password").getId());
        clock.advance(STEP);
        HttpLogin mailOnly = openMailLink();
        assertThat(mailOnly.outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(mailOnly.body()).contains("Confirm with something you use to sign in.");
        assertThat(mailOnly.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    // ---- Step-up ----

    @Test
    @DisplayName("step-up with Keycloak's own form asks for a code at its level, also in a trusted browser")
    void stepUp(TestClock clock) {
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("trustedBrowserDays", "30"));
        BoundFlows.levels(realm, "auth-otp-form");
        addBob(People.plaintextOtp("phone", SECRET));
        HttpLogin low = HttpLogin.open(OidcLogin.to(realm));
        assertThat(low.postPassword("bob", "bob")).isEqualTo(Outcome.LOGGED_IN);
        HttpLogin high = HttpLogin.open(OidcLogin.to(realm).with("acr_values", "2"));
        assertThat(high.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        // Level 2 is above trustedBrowserMaxLevel, so trust would never be accepted here.
        assertThat(high.body()).contains("totp-guard-code-form").doesNotContain("trustBrowser");
        assertThat(high.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    // ---- Keycloak's own actions, switched off or pending ----

    @Test
    @Tag("S52")
    @DisplayName("if Configure OTP is switched off, a pending one leads to our set-up, which completes it")
    void pendingWhileOff(TestClock clock) {
        realm.enableRequiredAction(KEYCLOAKS_SETUP, false);
        String bob = addBob();
        realm.changeUser(bob, user -> user.setRequiredActions(List.of(KEYCLOAKS_SETUP)));
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-setup-form");
        assertThat(login.post("code", Map.of("code", PhoneApp.scan(login).code(clock), "label", "")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.post("later", Map.of("later", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
        clock.advance(STEP);
        assertThat(HttpLogin.open(OidcLogin.to(realm)).postPassword("bob", "bob"))
                .isEqualTo(Outcome.CODE_PAGE);
    }

    @Test
    @Tag("S52")
    @DisplayName("if Configure OTP is switched off, an application that requests it gets our set-up")
    void initiatedWhileOff(TestClock clock) {
        realm.enableRequiredAction(KEYCLOAKS_SETUP, false);
        addBob();
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", KEYCLOAKS_SETUP));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-setup-form", "totp-guard-cancel");
        login.post("code", Map.of("code", PhoneApp.scan(login).code(clock), "label", ""));
        assertThat(login.post("later", Map.of("later", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(login.callback().getQuery()).contains("kc_action_status=success");
    }

    @Test
    @Tag("S52")
    @DisplayName(
            "the administrator's \"Configure OTP\" mail leads to our set-up, whether the action is switched on or off")
    void executeActionsMail(TestClock clock) {
        String bob = addBob();
        int before = mailsWithLink().size();
        for (boolean on : List.of(true, false)) {
            realm.enableRequiredAction(KEYCLOAKS_SETUP, on);
            realm.admin().put(realm.path("/users/" + bob + "/execute-actions-email"), List.of(KEYCLOAKS_SETUP));
            HttpLogin link = HttpLogin.open(OidcLogin.to(realm));
            link.go(lastLink(++before));
            if (link.body().contains("href")) {
                link.go(proceed(link));
            }
            assertThat(link.body()).as("Configure OTP on: %s", on).contains("totp-guard-setup-form");
        }
    }

    @Test
    @DisplayName("the conditions of the conditional form decide who is asked, and our page asks")
    void conditions(TestClock clock) {
        Flows flows = realm.flows();
        flows.copy("browser", "conditional");
        flows.executions("conditional").stream()
                .filter(execution -> execution.getDisplayName().matches(".* Conditional (2FA|OTP)"))
                .forEach(execution -> flows.remove(execution.getId()));
        String form = flows.add("conditional forms", "auth-conditional-otp-form", "REQUIRED");
        flows.configure(form, Map.of("otpControlAttribute", "otp", "defaultOtpOutcome", "skip"));
        flows.bindBrowser("conditional");
        realm.admin().put(realm.path("/users/profile"), unmanagedAttributes());
        UserRepresentation asked = person("bob", People.plaintextOtp("phone", SECRET));
        asked.setAttributes(Map.of("otp", List.of("force")));
        realm.addUser(asked);
        realm.addUser(person("carol", People.plaintextOtp("phone", SECRET)));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.body()).contains("totp-guard-code-form");
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(HttpLogin.open(OidcLogin.to(realm)).postPassword("carol", "carol"))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("\"Add Recovery Codes\" of Configure OTP demands backup codes, which then cannot be put off")
    void addRecoveryCodes(TestClock clock) {
        realm.configureRequiredAction(KEYCLOAKS_SETUP, Map.of("add-recovery-codes", "true", "max_auth_age", "300"));
        addBob();
        HttpLogin setup = HttpLogin.open(OidcLogin.to(realm).with("kc_action", KEYCLOAKS_SETUP));
        setup.postPassword("bob", "bob");
        setup.post("code", Map.of("code", PhoneApp.scan(setup).code(clock), "label", ""));
        assertThat(setup.body()).contains("totp-guard-backup-codes-form").doesNotContain("totp-guard-later");
        BackupCodes.confirm(setup);
    }

    @Test
    @DisplayName(
            "Keycloak's recovery codes action generates ours: numbered, hashed with a salt, replacing the old ones")
    void recoveryCodes() {
        String bob = addBob();
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", KEYCLOAKS_CODES));
        login.postPassword("bob", "bob");
        assertThat(BackupCodes.on(login)).hasSize(10).allMatch(code -> code.matches("\\d\\d(-[A-Z0-9]{5}){3}"));
        BackupCodes.confirm(login);
        assertThat(realm.credentials(bob, BackupCodes.TYPE).get(0).getCredentialData())
                .contains("totp-guard");
    }

    @Test
    @DisplayName("Keycloak's own step for recovery codes in a flow accepts any of them in any order")
    void recoveryStep(TestClock clock) {
        Flows flows = realm.flows();
        flows.copy("browser", "with codes");
        flows.executions("with codes").stream()
                .filter(execution -> "auth-recovery-authn-code-form".equals(execution.getProviderId()))
                .forEach(execution -> flows.require("with codes", execution.getId(), "ALTERNATIVE"));
        flows.bindBrowser("with codes");
        addBob(People.plaintextOtp("phone", SECRET));
        List<String> codes = BackupCodes.make(realm, "bob", phone.code(clock), KEYCLOAKS_CODES);
        HttpLogin login = BackupCodes.toForm(HttpLogin.atCodePage(realm, "bob"));
        BackupCodes.enter(login, codes.get(4));
        assertThat(login.post("no", Map.of("no", "true"))).isEqualTo(Outcome.LOGGED_IN);
    }

    // ---- Switching off ----

    @Test
    @DisplayName(
            "after TOTP Guard is switched off, every user gets in on Keycloak's pages, with device and backup codes")
    void switchedOff(TestClock clock) {
        addBob(People.plaintextOtp("phone", SECRET));
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        List<String> codes = BackupCodes.make(realm, "bob", phone.code(clock, 1), KEYCLOAKS_CODES);
        assertThat(codes).hasSize(10);
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.body()).doesNotContain("totp-guard");
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        HttpLogin setup = HttpLogin.open(OidcLogin.to(realm).with("kc_action", KEYCLOAKS_SETUP));
        setup.postPassword("bob", "bob");
        setup.postOtp(phone.code(clock, 1));
        assertThat(setup.body()).contains("totpSecret").doesNotContain("totp-guard");
    }

    // ---- Settings ----

    @Test
    @Tag("S57")
    @DisplayName("an unknown policy key is refused when it is saved, with the most similar valid name")
    void unknownKey() {
        assertThatThrownBy(() -> realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("maxfailures", "3")))
                .isInstanceOfSatisfying(AdminApiException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.body()).contains("maxfailures", "Did you mean maxFailures?");
                });
        JsonNode saved =
                realm.admin().get(realm.path("/authentication/required-actions/" + Realms.SETUP_ACTION + "/config"));
        assertThat(saved.toString()).doesNotContain("maxfailures");
    }

    // ---- Shared steps ----

    private String addBob(CredentialRepresentation... factors) {
        return realm.addUser(person("bob", factors));
    }

    private void addUser(String name) {
        realm.addUser(person(name));
    }

    private UserRepresentation person(String name, CredentialRepresentation... factors) {
        UserRepresentation person = People.person(name);
        person.setEmail(realm.name() + name + "@example.org");
        List<CredentialRepresentation> credentials = new ArrayList<>(List.of(People.password(name)));
        credentials.addAll(List.of(factors));
        person.setCredentials(credentials);
        return person;
    }

    private static CredentialRepresentation credential(String factor) {
        return switch (factor) {
            case "key" -> new SoftKey().secondFactor("my key");
            case "passkey" -> new SoftKey().passkey("my passkey");
            default -> BackupCodes.ofKeycloak(List.of("ABCDEFGH1234"));
        };
    }

    private HttpLogin openMailLink() {
        int before = mailsWithLink().size();
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        Matcher reset =
                Pattern.compile("href=\"([^\"]*reset-credentials[^\"]*)\"").matcher(login.body());
        assertThat(reset.find()).as("a link for a forgotten password").isTrue();
        login.go(login.page().resolve(reset.group(1).replace("&amp;", "&")));
        login.post("username", Map.of("username", "bob"));
        login.go(lastLink(before + 1));
        return login;
    }

    private URI lastLink(int count) {
        Await.until(
                count + " mails with a link",
                Duration.ofSeconds(30),
                () -> mailsWithLink().size() >= count);
        return URI.create(mailsWithLink().get(count - 1).replaceAll("(?s).*?(http\\S+action-token\\S+).*", "$1"));
    }

    /** Mails about changes may arrive between those with links. */
    private List<String> mailsWithLink() {
        return mails.to(bobsMail).stream()
                .map(ReceivedMail::text)
                .filter(text -> text.contains("action-token"))
                .toList();
    }

    /** The link on Keycloak's page between a mail's link and its actions. */
    private static URI proceed(HttpLogin login) {
        Matcher link = Pattern.compile("href=\"([^\"]*action-token[^\"]*)\"").matcher(login.body());
        return link.find() ? login.page().resolve(link.group(1).replace("&amp;", "&")) : login.page();
    }

    private static Outcome newPassword(HttpLogin login) {
        return login.post("password-new", Map.of("password-new", "bob2", "password-confirm", "bob2"));
    }

    private HttpResponse<String> grant(Map<String, String> parameters) {
        return realm.tokens().grant("bob", parameters);
    }

    private static String error(HttpResponse<String> response) {
        return AdminApi.parse(response.body()).path("error_description").asText();
    }

    private static Map<String, Object> unmanagedAttributes() {
        return Map.of(
                "unmanagedAttributePolicy",
                "ENABLED",
                "attributes",
                List.of(Map.of("name", "username"), Map.of("name", "email")));
    }
}
