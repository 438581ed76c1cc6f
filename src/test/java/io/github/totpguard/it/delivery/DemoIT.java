package io.github.totpguard.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PageReview;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LockedPage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import io.github.totpguard.harness.page.VaultPage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stories of the demo, as a person who tries the project sees them. One demo for all, started once. */
@ExtendWith(BrowserExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("The demo")
final class DemoIT {

    private static final String BOB_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final Duration MAIL_LIMIT = Duration.ofSeconds(30);
    private static final Duration BOX_LIMIT = Duration.ofSeconds(10);
    private static final int LAST = Integer.MAX_VALUE;

    private static DemoServer demo;

    @BeforeAll
    static void start() {
        demo = DemoServer.start();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    @Order(1)
    @DisplayName("the console ends with the box, which names the site and every user")
    void box() {
        Await.until(
                "the end of the box", BOX_LIMIT, () -> demo.console().strip().endsWith("-+"));
        assertThat(demo.console())
                .contains(demo.site() + "/")
                .contains("alice", "bob", "carol", "dave", "erin", "frank", "grace")
                .contains("java -jar target/totp-guard-cli.jar code");
        assertThat(demo.console()).as("Keycloak's log goes into its file").doesNotContain(" INFO ");
    }

    @Test
    @Order(2)
    @DisplayName("Alice enrols by QR code, and Bob's old device works")
    void everyoneGetsIn(TestBrowser browser) {
        TestRealm realm = demo.realm();
        assertThat(enrol(realm, browser).getStringClaim("preferred_username")).isEqualTo("alice");
        assertThat(logIn(realm, browser).getStringClaim("preferred_username")).isEqualTo("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE"})
    @DisplayName("Dave signs in with the password alone, steps up with a code, and signs out")
    void stepUp(String language, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(language));
        DemoSite site = site(window).open("/app").press("sign-in-by-password");
        new LoginPage(window.page()).logIn("dave");
        assertThat(site.claim("preferred_username")).isEqualTo("dave");
        assertThat(site.claim("acr")).isEqualTo("password");
        assertThat(site.claim("amr")).isEqualTo("pwd");

        site.press("step-up");
        new CodePage(window.page()).enter(demo.code("dave"));
        window.page()
                .locator("#claim-acr", new Page.LocatorOptions().setHasText("code"))
                .waitFor();
        assertThat(site.claim("amr")).contains("otp");

        site.press("sign-out").awaitSignedOut().press("sign-in");
        window.page().locator("input[name=password]").waitFor();
        assertThat(window.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE"})
    @DisplayName("Erin trusts her browser: the next login there asks for no code")
    void trustedBrowser(String language, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(language));
        DemoSite site = site(window).open("/app").press("sign-in");
        new LoginPage(window.page()).logIn("erin");
        CodePage codePage = new CodePage(window.page()).await();
        codePage.trustBrowser().check();
        codePage.enter(demo.code("erin"));
        assertThat(site.claim("amr")).contains("otp");

        site.press("sign-out").awaitSignedOut().press("sign-in");
        new LoginPage(window.page()).logIn("erin");
        assertThat(site.claim("preferred_username")).isEqualTo("erin");
        assertThat(site.claim("amr")).doesNotContain("otp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE"})
    @DisplayName("Carol is locked, a mail tells her, and the administrator's button lets her in")
    void locked(String language, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(language));
        DemoSite site = site(window).open("/");
        // A lock that has just begun holds until the end of this test, however slow the machine is.
        if (site.lockState().innerText().equals("The lock holds now.")) {
            site.changeLock();
        }
        site.changeLock();
        assertThat(site.lockState().innerText()).isEqualTo("The lock holds now.");
        Await.until(
                "a mail to carol",
                MAIL_LIMIT,
                () -> site.open("/mails").mailsTo("carol@example.org").count() > 0);
        site.open("/app").press("sign-in");
        new LoginPage(window.page()).logIn("carol");
        new CodePage(window.page()).enter(demo.code("carol"));
        new LockedPage(window.page()).await();

        site.open("/").changeLock();
        assertThat(site.lockState().innerText()).isEqualTo("There is no lock now.");
        site.open("/app").press("sign-in");
        new LoginPage(window.page()).logIn("carol");
        new CodePage(window.page()).enter(demo.code("carol"));
        assertThat(site.claim("preferred_username")).isEqualTo("carol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE"})
    @DisplayName("Frank reads until when he must set up, postpones it, and is signed in")
    void postponed(String language, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(language));
        DemoSite site = site(window).open("/app").press("sign-in");
        new LoginPage(window.page()).logIn("frank");
        assertThat(window.page().locator("#totp-guard-grace").innerText()).isNotBlank();
        window.page().click("#totp-guard-not-now");
        assertThat(site.claim("preferred_username")).isEqualTo("frank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE"})
    @DisplayName("Grace's vault has accounts, with codes")
    void vault(String language, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(language));
        window.page().navigate(demo.site().resolve("/").toString());
        window.page().click("#user-grace a[href$='/totp-guard/vault']");
        new LoginPage(window.page()).logIn("grace");
        new CodePage(window.page()).enter(demo.code("grace"));
        VaultPage vault = new VaultPage(window.page()).await();
        assertThat(vault.services()).contains("Example Cloud", "Example Bank").hasSize(5);
        assertThat(vault.code("Example Cloud")).matches("[0-9]{6}");
    }

    @Test
    @DisplayName("Dave signs in with one of his last backup codes, and is asked to make new ones")
    void backupCode(TestBrowser browser) {
        BrowserWindow window = browser.open();
        site(window).open("/app").press("sign-in");
        new LoginPage(window.page()).logIn("dave");
        new CodePage(window.page()).await().openOtherWays().useBackupCode().click();
        window.page().fill("input[name=backupCode]", "K7QF9TRMX2WH");
        window.page().keyboard().press("Enter");
        window.page().click("#totp-guard-no");
        window.page().locator("#totp-guard-backup-codes-left").waitFor();
    }

    @Test
    @DisplayName("a visitor tries one-time codes: a new key, its QR code, a right code and a wrong one")
    void codes(TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.withoutJavaScript());
        DemoSite site = site(window).open("/codes").newKey();
        assertThat(site.check(site.shownCode())).startsWith("Right");
        assertThat(site.check("12345")).startsWith("Wrong");
    }

    @Test
    @DisplayName("the site's pages are accessible, and no wider than a small phone")
    void accessible(TestBrowser browser) {
        BrowserWindow window = browser.open();
        DemoSite site = site(window);
        site.open("/");
        PageReview.of(window, "demo-users");
        site.open("/app");
        PageReview.of(window, "demo-application");
        site.open("/mails");
        PageReview.of(window, "demo-mails");
        site.open("/codes").newKey();
        PageReview.of(window, "demo-codes");
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Order(LAST)
    @DisplayName("the secrets of Alice and Bob are sealed in the database afterwards")
    void sealedAfterwards() {
        demo.close();
        Database database = demo.databaseAfterEnd();
        for (String username : new String[] {"alice", "bob"}) {
            assertThat(database.text(
                                    "select c.secret_data from credential c join user_entity u on u.id = c.user_id"
                                            + " where c.type = 'otp' and u.username = ?",
                                    username)
                            .startsWith("{\"value\":\"eyJ"))
                    .as("the stored secret of %s is a JWE", username)
                    .isTrue();
        }
    }

    private static DemoSite site(BrowserWindow window) {
        return new DemoSite(window.page(), demo.site());
    }

    private static IDTokenClaimsSet enrol(TestRealm realm, TestBrowser browser) {
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("alice");
        SetupPage setup = new SetupPage(window.page());
        PhoneApp phone = PhoneApp.scan(setup.uriFromScreenshot());
        setup.enter(phone.codeAt(Instant.now()));
        window.page().locator("#totp-guard-backup-codes li").first().waitFor();
        window.page().check("#saved");
        window.page().click("#totp-guard-submit");
        return login.claims();
    }

    private static IDTokenClaimsSet logIn(TestRealm realm, TestBrowser browser) {
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).enter(PhoneApp.type(BOB_KEY).codeAt(Instant.now()));
        return login.claims();
    }
}
