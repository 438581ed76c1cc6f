package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.PageReview;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.VaultPage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How users arrange the vault's page: hidden codes, order, icons, pins, QR codes; and the realm's name and logo. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("The view of the vault")
final class VaultViewIT {
    private static final String LOGIN_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String NAME = "Acme <b>& Söhne</b>";

    private static TestRealm realm;
    private static TestClock clock;

    @BeforeAll
    static void createRealm(Realms realms, TestClock testClock) {
        clock = testClock;
        realm = realms.guarded("vaultview")
                .settings(settings -> {
                    settings.setDisplayName(NAME);
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                    settings.setDefaultLocale("en");
                })
                .policy("vaultEnabled", true)
                .policy("vaultShowSecrets", true)
                .policy("pageLogo", "img/keycloak-logo-text.svg")
                .create();
        realm.admin().post(realm.path("/totp-guard/setup"), Map.of());
    }

    @Test
    @Tag("S18")
    @DisplayName("the page shows the realm's name as text and its logo from this server, without a violation of the "
            + "content security policy")
    void brand(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "bella", Look.USUAL);
        Page page = window.page();
        new VaultPage(page).await();

        assertThat(page.locator(".realm").innerText().strip()).isEqualTo(NAME);
        assertThat(page.evaluate("document.querySelector('.realm img').naturalWidth > 0"))
                .isEqualTo(true);
        assertThat(page.locator(".realm img").getAttribute("src"))
                .matches("/.*resources/.*/img/keycloak-logo-text.svg");
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("S32")
    @DisplayName("a well-known service has its icon, in any usual spelling, another one a letter, and no icon comes "
            + "from elsewhere")
    void icons(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "ida", Look.USUAL);
        Page page = window.page();
        List<String> elsewhere = new ArrayList<>();
        page.onRequest(request -> {
            if (!request.url().startsWith(realm.uri().resolve("/").toString())) {
                elsewhere.add(request.url());
            }
        });
        page.reload();
        VaultPage vault = new VaultPage(page).await();
        Map<String, String> services = Map.of(
                "GitHub%2C%20Inc.", "github",
                "gitlab.com", "gitlab",
                "Google%20%28work%29", "google",
                "PAYPAL", "paypal",
                "Spotify%20AB%20Fans", "",
                "constructor", "",
                "Home%20Savings%20Bank", "");
        services.keySet().forEach(service -> vault.addByUri(uri(service)));
        page.evaluate("document.getElementById('notices').replaceChildren(); document.activeElement.blur()");

        services.forEach((service, icon) -> {
            Locator row = vault.row(URLDecoder.decode(service, StandardCharsets.UTF_8));
            if (icon.isEmpty()) {
                assertThat(row.locator(".badge").getAttribute("aria-hidden")).isEqualTo("true");
                assertThat(row.locator(".service").count()).isZero();
            } else {
                assertThat(row.locator(".service").getAttribute("data-service")).isEqualTo(icon);
                assertThat(row.locator(".service").getAttribute("aria-hidden")).isEqualTo("true");
            }
        });
        PageReview.of(window, "vault-icons");
        assertThat(elsewhere).isEmpty();
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @DisplayName("codes are hidden if the user wants it: copied without being shown, shown for 30 seconds by key, and "
            + "remembered for this user in this browser")
    void hidden(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "hugo", Look.USUAL);
        Page page = window.page();
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        VaultPage vault = new VaultPage(page).await();
        vault.addByUri(uri("Slow") + "&period=86400");
        vault.addByUri("otpauth://hotp/Token:counter?secret=" + KEY + "&issuer=Token&counter=5");
        String code = vault.code("Slow");
        assertThat(vault.eye("Slow").isVisible()).isFalse();

        vault.hideCodes().focus();
        page.keyboard().press("Space");
        vault.awaitSaid("Codes are hidden.");
        assertThat(vault.shownFor("Slow")).isEqualTo("\u2022".repeat(6));
        assertThat(vault.row("Slow").locator(".code").getAttribute("aria-label"))
                .isEqualTo("Copy the hidden code of Slow, me@example.org");
        assertThat(page.content()).doesNotContain(code).doesNotContain(code.substring(0, 3) + " " + code.substring(3));
        vault.row("Slow").locator(".code").click();
        vault.awaitSaid("Slow, me@example.org");
        assertThat(vault.saidAt("Slow").innerText()).isEqualTo("Copied");
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(code);
        assertThat(vault.shownFor("Slow")).isEqualTo("\u2022".repeat(6));

        page.clock().install();
        vault.eye("Slow").focus();
        page.keyboard().press("Enter");
        vault.awaitSaid("The code of Slow, me@example.org is " + code.substring(0, 3) + " " + code.substring(3)
                + ". It's hidden again in 30 seconds.");
        assertThat(vault.shownFor("Slow")).isEqualTo(code);
        assertThat(vault.eye("Slow").getAttribute("aria-pressed")).isEqualTo("true");
        page.clock().runFor(31_000);
        assertThat(vault.shownFor("Slow")).isEqualTo("\u2022".repeat(6));
        vault.eye("Slow").click();
        assertThat(vault.shownFor("Slow")).isEqualTo(code);
        leaveTab(page);
        assertThat(vault.shownFor("Slow")).isEqualTo("\u2022".repeat(6));

        assertThat(vault.eye("Token").isVisible()).isFalse();
        vault.row("Token").getByText("Next code").click();
        vault.awaitSaid("New code of Token, counter");
        assertThat(vault.shownFor("Token")).isEqualTo(PhoneApp.type(KEY).codeOfCounter(5));
        page.evaluate("document.getElementById('notices').replaceChildren(); document.activeElement.blur()");
        PageReview.of(window, "vault-hidden");
        page.clock().runFor(31_000);
        assertThat(vault.shownFor("Token")).isEqualTo("\u2022".repeat(6));

        page.reload();
        vault.row("Slow").locator(".code:not([aria-disabled=true])").waitFor();
        assertThat(vault.hideCodes().isChecked()).isTrue();
        assertThat(vault.shownFor("Slow")).isEqualTo("\u2022".repeat(6));
        vault.hideCodes().uncheck();
        assertThat(vault.code("Slow")).isEqualTo(code);
        assertThat((String) page.evaluate("JSON.stringify(localStorage)")).doesNotContain(code, KEY, "eyJ");
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @DisplayName("where the browser refuses to copy, the page says so beside the code and in a notice, and selects the "
            + "code")
    void notCopied(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "nora", Look.USUAL);
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        vault.addByUri(uri("Slow") + "&period=86400");
        String code = vault.code("Slow");
        vault.hideCodes().check();
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }");

        vault.row("Slow").locator(".code").click();
        assertThat(vault.saidAt("Slow").innerText()).isEqualTo("Not copied");
        vault.awaitSaid("allow copying");
        vault.notice().getByText("allow copying").waitFor();
        assertThat(((String) page.evaluate("getSelection().toString()")).replace(" ", ""))
                .isEqualTo(code);
        window.screenshot("vault-not-copied");
    }

    @Test
    @DisplayName("accounts are sorted by name, last use or number of uses, and the choice is remembered; a pinned one "
            + "is first and looks different")
    void order(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "otto", Look.USUAL);
        Page page = window.page();
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        VaultPage vault = new VaultPage(page).await();
        for (String service : List.of("Alpha", "Beta", "Gamma")) {
            vault.addByUri(uri(service));
        }
        for (String service : List.of("Gamma", "Gamma", "Beta")) {
            vault.code(service);
            vault.row(service).locator(".code").click();
            vault.saidAt(service).waitFor();
        }
        assertThat(vault.services()).containsExactly("Alpha", "Beta", "Gamma");
        vault.sortBy("recent");
        assertThat(vault.services()).containsExactly("Beta", "Gamma", "Alpha");
        vault.sortBy("often");
        assertThat(vault.services()).containsExactly("Gamma", "Beta", "Alpha");

        page.reload();
        vault.row("Alpha").waitFor();
        assertThat(page.inputValue("#sort")).isEqualTo("often");
        assertThat(vault.services()).containsExactly("Gamma", "Beta", "Alpha");
        Locator pin = vault.row("Alpha").locator(".pin");
        assertThat(pin.getAttribute("aria-pressed")).isEqualTo("false");
        assertThat(pin.locator("svg").evaluate("star => getComputedStyle(star).fill"))
                .isEqualTo("none");
        assertThat(vault.row("Alpha").innerText()).doesNotContain("Pinned");
        pin.click();
        vault.awaitSaid("Alpha, me@example.org");
        assertThat(vault.services()).containsExactly("Alpha", "Gamma", "Beta");
        assertThat(pin.getAttribute("aria-pressed")).isEqualTo("true");
        assertThat(pin.locator("svg").evaluate("star => getComputedStyle(star).fill"))
                .isNotEqualTo("none");
        assertThat(vault.row("Alpha").innerText()).contains("Pinned");
        page.evaluate("document.getElementById('notices').replaceChildren(); document.activeElement.blur()");
        PageReview.of(window, "vault-pinned");
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("S22")
    @DisplayName("the owner sees an account as a QR code after a proof, for a minute and only while the page is "
            + "visible")
    void qrCode(TestBrowser browser) throws IOException {
        BrowserWindow window = signIn(browser, "quinn", Look.USUAL);
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        String uri = uri("Wiki");
        vault.addByUri(uri);
        vault.addByUri("otpauth://hotp/Token:counter?secret=" + KEY + "&issuer=Token&counter=5");
        page.evaluate("document.getElementById('notices').replaceChildren()");

        vault.more("Wiki", "Show QR code");
        page.locator("#showing-code svg").waitFor();
        assertThat(PhoneApp.scan(read(page)).code(clock))
                .isEqualTo(PhoneApp.scan(uri).code(clock));
        assertThat(page.locator("#showing-code svg").getAttribute("aria-label"))
                .isEqualTo("QR code with the key of Wiki, me@example.org");
        assertThat(page.locator("#showing-counter").isVisible()).isFalse();
        PageReview.of(window, "vault-qr");
        leaveTab(page);
        awaitClosed(page);
        vault.awaitSaid("The QR code is closed.");
        page.evaluate("document.getElementById('notices').replaceChildren()");

        page.clock().install();
        vault.more("Token", "Show QR code");
        page.locator("#showing-code svg").waitFor();
        assertThat(page.locator("#showing-counter").isVisible()).isTrue();
        assertThat(read(page)).contains("counter=5");
        page.clock().runFor(61_000);
        awaitClosed(page);
        assertThat(page.locator("#showing-code svg").count()).isZero();
        assertThat(page.evaluate("document.activeElement.closest('.account').textContent.includes('Token')"))
                .isEqualTo(true);

        page.route("**/totp-guard/accounts/*/qr", VaultViewIT::refuse);
        vault.more("Wiki", "Show QR code");
        page.locator("#showing-error", new Page.LocatorOptions().setHasText("sign in again"))
                .waitFor();
        assertThat(page.locator("#showing-code svg").count()).isZero();
        PageReview.of(window, "vault-qr-proof");
        page.click("#showing-again");
        page.locator("input[name=password]").waitFor();
        assertThat(page.url()).contains("prompt=login");
        assertThat(window.problems()).allMatch(problem -> problem.contains("403"));
    }

    @Test
    @DisplayName("the view in German on a small phone")
    void german(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "greta", Look.USUAL.in("de").narrow());
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        vault.addByUri(uri("GitHub"));
        vault.addByUri("otpauth://totp/Token:4711?secret=2FASTEST&issuer=Token&digits=8&period=60");
        vault.code("GitHub");
        vault.hideCodes().check();
        vault.awaitSaid("Die Codes sind verborgen.");
        vault.eye("Token").click();
        vault.awaitSaid("Sekunden wird er wieder verborgen.");
        vault.row("GitHub").locator(".pin").click();
        vault.awaitSaid("GitHub, me@example.org");
        page.evaluate("document.getElementById('notices').replaceChildren(); document.activeElement.blur()");
        PageReview.of(window, "vault-view-de");
        vault.more("GitHub", "QR-Code anzeigen");
        page.locator("#showing-code svg").waitFor();
        PageReview.of(window, "vault-qr-de");
        assertThat(window.problems()).isEmpty();
    }

    private static void awaitClosed(Page page) {
        page.locator("#showing").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** What a page sees when its tab goes to the background and comes back. */
    private static void leaveTab(Page page) {
        page.evaluate(
                """
                () => {
                    for (const hidden of [true, false]) {
                        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
                        document.dispatchEvent(new Event("visibilitychange"));
                    }
                }
                """);
    }

    /** The text of the QR code on the page, as a phone reads it from the screen. */
    private static String read(Page page) throws IOException {
        BufferedImage picture = ImageIO.read(
                new ByteArrayInputStream(page.locator("#showing-code svg").screenshot()));
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(
                            new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels))))
                    .getText();
        } catch (NotFoundException e) {
            throw new AssertionError("no QR code on the page", e);
        } catch (ReaderException e) {
            throw new AssertionError("an unreadable QR code on the page", e);
        }
    }

    /** Answers as the REST does for a session without a recent proof; VaultQrIT tests that it does. */
    private static void refuse(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(403)
                .setContentType("application/json")
                .setBody("{\"error\":\"second_factor_required\",\"details\":\"\"}"));
    }

    private static BrowserWindow signIn(TestBrowser browser, String username, Look look) {
        String id = realm.addUserWithPlaintextOtp(username, "phone", LOGIN_KEY);
        JsonNode role = realm.admin().get(realm.path("/roles/totp-vault"));
        realm.admin().post(realm.path("/users/" + id + "/role-mappings/realm"), List.of(role));
        BrowserWindow window = browser.open(look);
        window.page().navigate(realm.uri() + "/totp-guard/vault");
        new LoginPage(window.page()).logIn(username);
        new CodePage(window.page()).enter(PhoneApp.type(LOGIN_KEY).code(clock));
        return window;
    }

    private static String uri(String service) {
        return "otpauth://totp/" + service + ":me%40example.org?secret=" + KEY + "&issuer=" + service;
    }
}
