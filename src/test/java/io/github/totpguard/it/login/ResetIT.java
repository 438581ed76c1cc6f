package io.github.totpguard.it.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.MailServer;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.ProvePage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A forgotten password, in a realm whose reset flow asks for the second factor and lets the mail link replace a lost
 * device. Except in one test, the flow sends no mail. This makes the case worse: every attacker who knows a user name
 * gets to our page.
 */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Reset")
final class ResetIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @Tag("S26")
    @Tag("A10")
    @DisplayName(
            "a forgotten password keeps the second factor: without a code there is no way on, and the device stays")
    void keepsTheFactor(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = atResetPage(browser.open(Look.USUAL.narrow()), login);
        window.screenshot("reset-narrow");
        assertThat(window.page().locator("#totp-guard-lost").count()).isZero();

        CodePage code = new CodePage(window.page());
        code.enter(phone.wrongCode(clock));
        code.awaitRefusal();
        assertThat(realm.events(EventType.LOGIN_ERROR, EventType.RESET_PASSWORD_ERROR)
                        .get(0)
                        .getDetails())
                .containsEntry("totp_guard_verdict", "mismatch");
        code.enter(phone.code(clock));
        newPassword(window.page());
        login.claims();
        assertThat(realm.credentials(bob, "otp")).hasSize(1);
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("S20")
    @Tag("N8")
    @DisplayName("a device is replaced after a code of it, and stays valid until the new one is confirmed")
    void replaces(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "old phone", SECRET);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = atResetPage(browser.open(Look.USUAL), login);
        window.page().check("#replace");
        new CodePage(window.page()).enter(phone.code(clock));
        newPassword(window.page());

        SetupPage setup = new SetupPage(window.page()).await();
        assertThat(labels(realm, bob)).containsExactly("old phone");
        // If the user stopped here, the old device would keep working.
        clock.advance(Duration.ofSeconds(60));
        assertThat(HttpLogin.open(OidcLogin.to(realm)).postPassword("bob", "new password"))
                .isEqualTo(HttpLogin.Outcome.CODE_PAGE);

        PhoneApp fresh = PhoneApp.scan(setup.uriFromLink());
        setup.enter(fresh.code(clock), "new phone");
        login.claims();
        assertThat(labels(realm, bob)).containsExactly("new phone");
        assertThat(realm.events(EventType.REMOVE_CREDENTIAL).get(0).getDetails())
                .containsEntry("credential_user_label", "old phone");
    }

    @Test
    @Tag("S20")
    @Tag("N13")
    @DisplayName("a backup code is as good a proof as a code: then the device is kept or replaced")
    void backupCode(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realm(realms);
        UserRepresentation person = People.person("bob");
        person.setCredentials(List.of(
                People.password("bob"),
                People.plaintextOtp("lost phone", SECRET),
                BackupCodes.ofKeycloak(List.of("ABCDEFGH1234", "IJKLMNPQ5678"))));
        String bob = realm.addUser(person);
        OidcLogin login = OidcLogin.to(realm);
        Page page = atResetPage(browser.open(Look.USUAL), login).page();
        assertThat(page.locator("#totp-guard-lost").count()).isZero();
        page.fill("#backupCode", "IJKL-MNPQ-5678");
        page.click("#totp-guard-use-backup-code");
        page.locator("#input-error-backupCode").waitFor();
        page.fill("#backupCode", "ABCD-EFGH-1234");
        page.click("#totp-guard-use-backup-code");
        page.click("#totp-guard-lost");
        newPassword(page);
        SetupPage setup = new SetupPage(page).await();
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock), "new phone");
        login.claims();
        assertThat(labels(realm, bob)).containsExactly("new phone");
    }

    @Test
    @Tag("S19")
    @Tag("S26")
    @DisplayName("without an opened mail link no device is replaced, whatever is posted and whatever the policy allows")
    void noReplacingByForm(Realms realms, TestBrowser browser) {
        TestRealm realm = realm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        BrowserWindow window = atResetPage(browser.open(Look.USUAL), OidcLogin.to(realm));
        assertThat(window.page().locator("#totp-guard-lost").count()).isZero();
        for (String field : List.of("lost", "keep")) {
            window.page()
                    .evaluate(
                            "field => { const form = document.getElementById('totp-guard-code-form');"
                                    + " const input = document.createElement('input'); input.name = field; input.value = 'true';"
                                    + " form.append(input); form.elements.otp.remove(); form.submit(); }",
                            field);
            new CodePage(window.page()).await();
        }
        assertThat(labels(realm, bob)).containsExactly("phone");
    }

    @Test
    @Tag("A10")
    @DisplayName("if the policy allows it, the link in the mail replaces a lost device once the new one is confirmed")
    void mailLink(Realms realms, TestClock clock, TestBrowser browser) {
        MailServer.requireReach();
        try (MailServer mails = MailServer.start()) {
            TestRealm realm = realm(realms, mails, BoundFlows::resetAfterMail);
            String bob = realm.addUserWithPlaintextOtp("bob", "lost phone", SECRET);
            OidcLogin login = OidcLogin.to(realm);
            BrowserWindow window = openMailLink(browser.open(Look.USUAL.narrow()), login, mails);
            window.page().locator("#totp-guard-lost").waitFor();
            window.screenshot("reset-lost-narrow");
            window.page().click("#totp-guard-lost");
            newPassword(window.page());

            SetupPage setup = new SetupPage(window.page()).await();
            assertThat(labels(realm, bob)).containsExactly("lost phone");
            setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock), "new phone");
            login.claims();
            assertThat(labels(realm, bob)).containsExactly("new phone");
        }
    }

    @Test
    @Tag("S20")
    @DisplayName("a user who cancels the replacement after a code of the device keeps it and is logged in")
    void replacementCancelled(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realm(realms);
        String bob = realm.addUserWithPlaintextOtp("bob", "old phone", SECRET);
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = atResetPage(browser.open(Look.USUAL), login);
        window.page().check("#replace");
        new CodePage(window.page()).enter(phone.code(clock));
        newPassword(window.page());
        SetupPage setup = new SetupPage(window.page()).await();
        assertThat(setup.replaced()).containsExactly("old phone");
        window.screenshot("setup-replaces");
        setup.cancelReplacement();
        login.claims();
        assertThat(labels(realm, bob)).containsExactly("old phone");
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("S26")
    @Tag("A10")
    @DisplayName("if the link in the mail was enough to replace a device, cancelling needs a code: it is no way around "
            + "the second factor")
    void replacementByMailLinkCancelled(Realms realms, TestClock clock, TestBrowser browser) {
        MailServer.requireReach();
        try (MailServer mails = MailServer.start()) {
            TestRealm realm = realm(realms, mails, BoundFlows::resetAfterMail);
            String bob = realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
            OidcLogin login = OidcLogin.to(realm);
            BrowserWindow window = openMailLink(browser.open(Look.USUAL), login, mails);
            window.page().click("#totp-guard-lost");
            newPassword(window.page());
            new SetupPage(window.page()).await().cancelReplacement();
            ProvePage prove = new ProvePage(window.page()).await();
            prove.enter(phone.wrongCode(clock));
            prove.error();
            window.page().reload();
            prove.await();
            prove.enter(phone.code(clock));
            login.claims();
            assertThat(labels(realm, bob)).containsExactly("phone");
        }
    }

    @Test
    @Tag("A10")
    @DisplayName("if the policy allows it, the code page leads a user with a mail address to that link")
    void mailLinkFromTheCodePage(Realms realms, TestBrowser browser) {
        MailServer.requireReach();
        try (MailServer mails = MailServer.start()) {
            TestRealm realm = realm(realms, mails, BoundFlows::resetAfterMail);
            realm.addUserWithPlaintextOtp("bob", "lost phone", SECRET);
            BrowserWindow window = browser.open().go(OidcLogin.to(realm));
            new LoginPage(window.page()).logIn("bob");
            CodePage code = new CodePage(window.page()).await();
            code.openOtherWays().useMailLink().click();
            // Keycloak asks for the user name again.
            window.page().fill("#username", "bob");
            window.page().click("form [type=submit]");
            openLinkOf(mails, window);
            window.page().locator("#totp-guard-lost").waitFor();
        }
    }

    @Test
    @Tag("S26")
    @DisplayName("if the policy does not allow it, the link in the mail leads to a page that accepts only a code")
    void mailLinkAlone(Realms realms, TestBrowser browser) {
        MailServer.requireReach();
        try (MailServer mails = MailServer.start()) {
            TestRealm realm = realm(realms, mails, made -> {
                BoundFlows.resetAfterMail(made);
                Flows flows = made.flows();
                flows.remove(
                        flows.execution(BoundFlows.RESET, "totp-guard-reset").getId());
                flows.add(BoundFlows.RESET, "totp-guard-reset", "REQUIRED");
            });
            realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
            BrowserWindow window = openMailLink(browser.open(Look.USUAL), OidcLogin.to(realm), mails);
            new CodePage(window.page()).await();
            assertThat(window.page().locator("#totp-guard-lost").count()).isZero();
            assertThat(window.page().locator("#totp-guard-lost-reason").innerText())
                    .contains("contact your administrator");
        }
    }

    @Test
    @Tag("S11")
    @DisplayName("a locked user is refused here too, and wrong codes here lock every channel")
    void locked(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realm(realms);
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        BrowserWindow window = atResetPage(browser.open(Look.USUAL), OidcLogin.to(realm));
        CodePage code = new CodePage(window.page());
        for (int i = 0; i < 4; i++) {
            code.enter(phone.wrongCode(clock));
            code.awaitRefusal();
        }
        code.enter(phone.wrongCode(clock));
        code.locked().waitFor();
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(phone.code(clock)))
                .isEqualTo(HttpLogin.Outcome.LOCKED_PAGE);
    }

    private static TestRealm realm(Realms realms) {
        return realms.guarded("reset")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setResetPasswordAllowed(true);
                })
                .then(BoundFlows::resetWithoutMail)
                .create();
    }

    private static TestRealm realm(Realms realms, MailServer mails, Consumer<TestRealm> flow) {
        return realms.guarded("reset")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setResetPasswordAllowed(true);
                    settings.setSmtpServer(mails.settings());
                })
                .then(flow)
                .create();
    }

    private static BrowserWindow openMailLink(BrowserWindow window, OidcLogin login, MailServer mails) {
        askForReset(window, login);
        openLinkOf(mails, window);
        return window;
    }

    private static void openLinkOf(MailServer mails, BrowserWindow window) {
        String mail = mails.await("bob@example.org", 1).get(0).text();
        window.page().navigate(mail.replaceAll("(?s).*?(http\\S+action-token\\S+).*", "$1"));
    }

    private static BrowserWindow atResetPage(BrowserWindow window, OidcLogin login) {
        askForReset(window, login);
        new CodePage(window.page()).await();
        return window;
    }

    private static void askForReset(BrowserWindow window, OidcLogin login) {
        new LoginPage(window.go(login).page()).forgotPassword("bob");
    }

    private static void newPassword(Page page) {
        page.fill("#password-new", "new password");
        page.fill("#password-confirm", "new password");
        page.click("form [type=submit]");
    }

    private static List<String> labels(TestRealm realm, String user) {
        return realm.credentials(user, "otp").stream()
                .map(credential -> credential.getUserLabel())
                .toList();
    }
}
