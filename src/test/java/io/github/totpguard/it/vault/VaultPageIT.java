package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.PageReview;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.SharedBrowser;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.VaultPage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The vault's page in a browser, with the real REST. Each test has its own user. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("The vault's page")
final class VaultPageIT {
    private static final String LOGIN_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final Pattern FILE = Pattern.compile("\"(vault/[0-9a-f]{16})/main\\.js\"");

    private static final Path FIXTURES =
            Path.of(System.getProperty("project.directory"), "src", "test", "resources", "transfer");

    private static TestRealm realm;
    private static TestClock clock;

    @BeforeAll
    static void createRealm(Realms realms, TestClock testClock) {
        clock = testClock;
        realm = realms.guarded("vault")
                .settings(settings -> {
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                    settings.setDefaultLocale("en");
                })
                .policy("vaultEnabled", true)
                .create();
        realm.admin().post(realm.path("/totp-guard/setup"), Map.of());
    }

    @Test
    @Tag("S18")
    @DisplayName("the page has a strict policy, its files are cached by version, and no other file is served")
    void files() {
        HttpResponse<String> page = get(vault());
        Matcher version = FILE.matcher(page.body());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Security-Policy"))
                .startsWith("default-src 'none'; ")
                .contains("frame-ancestors 'none'", "script-src 'self';")
                .doesNotContain("unsafe", "*", "http");
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(version.find()).isTrue();

        HttpResponse<String> script = get(URI.create(realm.uri() + "/totp-guard/" + version.group(1) + "/main.js"));
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(header(script, "Content-Type")).startsWith("text/javascript");
        assertThat(header(script, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(script, "Cache-Control")).contains("immutable");
        HttpResponse<String> again = Http.send(Http.request(script.uri())
                .header("If-None-Match", header(script, "ETag"))
                .build());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(List.of(
                        "vault/0000000000000000/main.js",
                        version.group(1) + "/index.html",
                        version.group(1) + "/%2e%2e%2fvault"))
                .allSatisfy(path -> assertThat(get(URI.create(realm.uri() + "/totp-guard/" + path))
                                .statusCode())
                        .as(path)
                        .isIn(400, 404));
    }

    @Test
    @Tag("S34")
    @DisplayName("QR codes in three sizes, rotated, with a logo, photographed, pasted and dropped are read in the "
            + "browser, and other files get an explanation")
    void pictures(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "paula");
        VaultPage vault = new VaultPage(window.page()).await();
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        pictures.put("small", QrPictures.png(QrPictures.clean(uri("small"), 120)));
        pictures.put("middle", QrPictures.gif(QrPictures.clean(uri("middle"), 500)));
        pictures.put("large", QrPictures.png(QrPictures.clean(uri("large"), 3000)));
        pictures.put("turned17", QrPictures.png(QrPictures.turned(QrPictures.clean(uri("turned17"), 500), 17)));
        pictures.put("turned45", QrPictures.png(QrPictures.turned(QrPictures.clean(uri("turned45"), 500), 45)));
        pictures.put("upsideDown", QrPictures.png(QrPictures.turned(QrPictures.clean(uri("upsideDown"), 500), 180)));
        pictures.put("logo", QrPictures.png(QrPictures.withLogo(uri("logo"), 500)));
        pictures.put("photographed", QrPictures.jpeg(QrPictures.photographed(uri("photographed"), new Random(7))));

        int number = 0;
        for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
            vault.give(number++ % 2 == 0 ? "paste" : "drop", "code", "image/png", picture.getValue());
            vault.row(picture.getKey()).waitFor();
            vault.awaitAdded();
        }
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        vault.copyPicture(QrPictures.png(QrPictures.clean(uri("clipboard"), 300)));
        window.page().locator("body").press("Control+V");
        vault.row("clipboard").waitFor();
        vault.awaitAdded();
        assertThat(vault.code("photographed")).matches("\\d{6}");

        Map<String, byte[]> refused = new LinkedHashMap<>();
        refused.put("No QR code was found", QrPictures.png(QrPictures.landscape()));
        refused.put("isn't for an authenticator app", QrPictures.png(QrPictures.clean("https://example.org/", 300)));
        refused.put(
                "SVG files can't be read",
                "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.UTF_8));
        refused.put("PDF files can't be read", "%PDF-1.7\n".getBytes(StandardCharsets.UTF_8));
        refused.put("isn't a picture", "nothing".getBytes(StandardCharsets.UTF_8));
        refused.put(
                "more than 40 megapixels",
                QrPictures.png(new BufferedImage(20_000, 20_000, BufferedImage.TYPE_BYTE_BINARY)));
        refused.put("damaged", Arrays.copyOf(QrPictures.png(QrPictures.landscape()), 60));
        vault.openAdding();
        refused.forEach((words, content) -> {
            vault.forgetRefusal();
            Instant start = Instant.now();
            vault.choose("picture.png", "image/png", content);
            assertThat(vault.refusal()).contains(words);
            assertThat(Duration.between(start, Instant.now())).as(words).isLessThan(Duration.ofSeconds(20));
        });
        // The size is in the header, so the page refuses the picture without reading the rest.
        vault.forgetRefusal();
        byte[] header = Arrays.copyOf(QrPictures.png(QrPictures.landscape()), 33);
        ByteBuffer.wrap(header).putInt(16, 20_000).putInt(20, 20_000);
        vault.choose("bomb.png", "image/png", header);
        assertThat(vault.refusal()).contains("more than 40 megapixels");
        vault.forgetRefusal();
        vault.dropNothing(30_000_001);
        assertThat(vault.refusal()).contains("larger than 30 MB");
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("S56")
    @DisplayName("all QR codes of one picture are read or reported, whatever is around them; several codes and "
            + "several pasted addresses lead to a list")
    void severalCodes(TestBrowser browser) throws IOException {
        BrowserWindow window = signIn(browser, "sven");
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        vault.give("paste", "dark.png", "image/png", QrPictures.png(QrPictures.bareOnBlack(uri("Bare"), 8)));
        vault.row("Bare").waitFor();
        vault.awaitAdded();
        vault.give(
                "drop",
                "light.png",
                "image/png",
                QrPictures.png(QrPictures.inverted(QrPictures.clean(uri("Night"), 300))));
        vault.row("Night").waitFor();
        vault.awaitAdded();

        vault.give(
                "drop",
                "link.png",
                "image/png",
                QrPictures.png(QrPictures.together(
                        QrPictures.clean("https://example.org/", 250), QrPictures.clean(uri("Beside"), 400))));
        vault.row("Beside").waitFor();
        vault.awaitSaid("Another QR code in the picture doesn't contain an account.");

        vault.give(
                "drop",
                "six.png",
                "image/png",
                QrPictures.png(QrPictures.together(
                        QrPictures.clean(uri("One"), 300),
                        QrPictures.turned(QrPictures.clean(uri("Two"), 320), 30),
                        QrPictures.clean(uri("Three"), 450),
                        QrPictures.clean("https://example.org/", 300),
                        QrPictures.covered(QrPictures.clean(uri("Four"), 450)),
                        QrPictures.turned(QrPictures.clean(uri("Five"), 320), 45))));
        page.locator("#import-items tr").nth(3).waitFor();
        assertThat(page.locator("#import-items tr").allInnerTexts())
                .hasSize(4)
                .anyMatch(row -> row.contains("One"))
                .anyMatch(row -> row.contains("Two"))
                .anyMatch(row -> row.contains("Three"))
                .anyMatch(row -> row.contains("Five"));
        assertThat(page.locator("#import-rest").innerText())
                .isEqualTo("One more code couldn't be read. Crop the picture to it, or take a sharper one."
                        + " Another QR code in the picture doesn't contain an account.");
        page.evaluate("document.getElementById('notices').replaceChildren()");
        PageReview.of(window, "vault-import-codes");
        page.click("#import-store");
        vault.row("Five").waitFor();
        // All of them were stored, so the list closes.
        page.locator("#importing").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));

        // An export in two codes.
        List<String> parts = Files.readAllLines(FIXTURES.resolve("google.txt")).stream()
                .filter(line -> line.startsWith("otpauth-migration:"))
                .limit(2)
                .toList();
        vault.give(
                "paste",
                "export.png",
                "image/png",
                QrPictures.png(
                        QrPictures.together(QrPictures.clean(parts.get(0), 600), QrPictures.clean(parts.get(1), 600))));
        page.locator("#import-items tr").first().waitFor();
        assertThat(page.locator("#import-batch").isVisible()).isFalse();
        page.keyboard().press("Escape");

        page.click("#add");
        page.fill("#uri", uri("Left") + "," + uri("Right"));
        page.keyboard().press("Enter");
        page.locator("#importing[open]").waitFor();
        page.keyboard().press("Escape");
        page.click("#add");
        page.fill("#uri", "JBSWY3DPEHPK3PXP");
        page.keyboard().press("Enter");
        assertThat(vault.refusal())
                .contains("This isn't the address of an account")
                .doesNotContain("QR");
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("S55")
    @Tag("S56")
    @DisplayName("files in UTF-16, with icons, and archives are read in the page, which sends their text without "
            + "icons, or else their bytes unchanged")
    void files(TestBrowser browser) throws IOException {
        BrowserWindow window = signIn(browser, "fritz");
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        List<String> sent = new ArrayList<>();
        page.route("**/totp-guard/import", route -> {
            sent.add(route.request().postData());
            route.resume();
        });

        byte[] utf16 = ("\ufeff" + uri("Wide")).getBytes(StandardCharsets.UTF_16LE);
        vault.give("drop", "list.txt", "text/plain", utf16);
        page.locator("#import-items tr", new Page.LocatorOptions().setHasText("Wide"))
                .waitFor();
        assertThat(sent.get(0)).contains("\"otpauth://totp/Wide:me");

        String aegis = Files.readString(FIXTURES.resolve("aegis-plain.json"));
        String icon = "\"icon\": \"" + "aWNvbg==".repeat(1 << 17) + "\", \"icon_mime\": \"image/png\", \"issuer\"";
        vault.give("drop", "aegis.json", "", aegis.replace("\"issuer\"", icon).getBytes(StandardCharsets.UTF_8));
        page.locator("#import-items tr").nth(1).waitFor();
        assertThat(sent.get(1).length()).isLessThan(2 * aegis.length() + 4096);
        assertThat(sent.get(1)).doesNotContain("aWNvbg==");

        vault.give(
                "drop",
                "1password.1pux",
                "",
                zip(Map.of(
                        "export.attributes",
                        "{}",
                        "files/large",
                        "x".repeat(1 << 20),
                        "export.data",
                        "{\"nothing\":[]}")));
        page.getByText("This type of file isn't supported").waitFor();
        assertThat(sent.get(2)).contains("{\\\"nothing\\\":[]}").doesNotContain("xxxx");
        assertThat(page.locator("#import-apps").getAttribute("open")).isNotNull();
        page.getByText("Aegis: Settings, Import & Export, Export.").waitFor();
        PageReview.of(window, "vault-import-unknown");

        Request bytes = page.waitForRequest(
                "**/totp-guard/import",
                () -> vault.give("drop", "backup.bin", "", new byte[] {(byte) 0xfe, 0, 1, (byte) 0xc3, 0x28}));
        assertThat(bytes.postData()).contains("data:application/octet-stream;base64,/gABwyg=");
        assertThat(window.problems()).allMatch(problem -> problem.contains("400"));
    }

    @Test
    @Tag("S44")
    @DisplayName("a busy server is asked again after the pause that it requests; in the end the user decides")
    void busy(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "bea");
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        AtomicInteger refusals = new AtomicInteger(1);
        page.route("**/totp-guard/import", route -> {
            if (refusals.getAndDecrement() > 0) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setHeaders(Map.of("Retry-After", "7"))
                        .setContentType("application/json")
                        .setBody("{\"error\":\"busy\",\"details\":\"\"}"));
            } else {
                route.resume();
            }
        });
        page.clock().install();
        vault.give("drop", "list.txt", "text/plain", uri("Patient").getBytes(StandardCharsets.UTF_8));
        page.getByText("The server is busy. Next try in 7 seconds.").waitFor();
        page.clock().runFor(7_000);
        page.locator("#import-items tr", new Page.LocatorOptions().setHasText("Patient"))
                .waitFor();

        refusals.set(4);
        page.click("#import-store");
        for (int left = 3; left > 0; left--) {
            page.getByText("The server is busy. Next try in 7 seconds.").waitFor();
            int expected = left;
            Await.until("the request is refused", Duration.ofSeconds(10), () -> refusals.get() == expected);
            page.clock().runFor(7_000);
        }
        page.getByText("The server is busy with other imports.").waitFor();
        PageReview.of(window, "vault-import-busy");
        page.click("#import-again");
        page.locator("#import-items tr", new Page.LocatorOptions().setHasText("Patient"))
                .waitFor();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("a user adds accounts by camera, by address, by hand and from the clipboard, and finds, copies, "
            + "pins, groups and deletes them, with the keyboard alone")
    void story(TestBrowser browser) {
        QrPictures.film(QrPictures.clean(uri("Camera"), 320), SharedBrowser.CAMERA);
        BrowserWindow window = signIn(browser, "alice");
        Page page = window.page();
        window.context().grantPermissions(List.of("camera", "clipboard-read", "clipboard-write"));
        VaultPage vault = new VaultPage(page).await();
        page.getByText("No accounts yet").waitFor();

        press(page, "#add", "Enter");
        press(page, "#camera", "Enter");
        vault.row("Camera").waitFor();
        vault.addByUri("otpauth://totp/GitHub:alice%40example.org?secret=" + KEY + "&issuer=GitHub");
        assertThat(vault.code("GitHub")).isIn(aroundNow(PhoneApp.type(KEY)));

        press(page, "#add", "Enter");
        press(page, "#by-hand > summary", "Enter");
        page.fill("#hand-issuer", "Token");
        page.fill("#hand-account", "counter");
        page.fill("#hand-secret", "jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp");
        press(page, "#hand details > summary", "Enter");
        page.selectOption("#hand-type", "hotp");
        assertThat(page.locator("#hand-period").isVisible()).isFalse();
        page.fill("#hand-counter", "5");
        page.keyboard().press("Enter");
        vault.awaitAdded();
        press(page, "#accounts li:has-text('Token') .codes button:visible", "Enter");
        assertThat(vault.code("Token")).isEqualTo(PhoneApp.type(KEY).codeOfCounter(5));

        page.evaluate(
                "uri => navigator.clipboard.writeText(uri)",
                "otpauth://totp/Bank:4711?secret=2FASTEST&issuer=Bank&digits=8&period=60");
        page.locator("body").press("Control+V");
        vault.row("Bank").waitFor();
        vault.awaitSaid("shorter than the standard");
        vault.awaitAdded();
        assertThat(vault.row("Bank").locator(".code:not([aria-disabled=true])").innerText())
                .matches("\\d{4} \\d{4}");

        page.fill("#search", "EXAMPLE git");
        assertThat(vault.services()).containsExactly("GitHub");
        page.keyboard().press("Enter");
        vault.awaitSaid("Code copied: GitHub");
        assertThat(page.evaluate("navigator.clipboard.readText()"))
                .isIn(aroundNow(PhoneApp.type(KEY)).toArray());
        page.fill("#search", "nothing of the kind");
        page.getByText("Nothing found").waitFor();
        page.fill("#search", "");
        page.keyboard().press("ArrowDown");
        assertThat(page.evaluate("document.activeElement.className")).isEqualTo("code");

        press(page, "#accounts li:has-text('Token') .pin", "Space");
        vault.awaitSaid("Pinned: Token, counter.");
        assertThat(vault.services()).first().isEqualTo("Token");
        edit(page, vault, "Bank", "Money");
        page.locator("#groups button", new Page.LocatorOptions().setHasText("Money"))
                .click();
        assertThat(vault.services()).containsExactly("Bank");
        page.locator("#groups button").first().click();

        vault.more("GitHub", "Delete");
        assertThat(vault.services()).doesNotContain("GitHub");
        page.keyboard().press("Enter");
        vault.awaitSaid("Restored:");
        assertThat(vault.services()).contains("GitHub");
        vault.more("GitHub", "Delete");
        Await.until("the request sent on leaving the page", Duration.ofSeconds(10), () -> {
            page.reload();
            vault.row("Bank").waitFor();
            return !vault.services().contains("GitHub");
        });
        assertThat(vault.services()).containsExactly("Token", "Bank", "Camera");
        assertThat(vault.row("Bank").innerText()).contains("Money", "Weak key");

        String ours = realm.name();
        vault.addByUri("otpauth://totp/" + ours + ":alice?secret=" + LOGIN_KEY + "&issuer=" + ours);
        vault.awaitSaid("Keep it on your phone, too");
        window.screenshot("vault-own");
        vault.notice().getByText("Remove it").click();
        assertThat(vault.services()).doesNotContain(ours);
        assertThat(window.problems()).isEmpty();
    }

    private static void edit(Page page, VaultPage vault, String name, String group) {
        vault.more(name, "Edit");
        page.fill("#edit-group", group);
        page.keyboard().press("Enter");
        vault.awaitSaid("Saved:");
    }

    @Test
    @DisplayName("the next code is shown in advance and takes over in time; without a connection the page says so")
    void time(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "tom");
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        String uri = uri("Slow") + "&period=86400";
        vault.addByUri(uri);
        PhoneApp phone = PhoneApp.scan(uri);
        String code = phone.code(clock);
        assertThat(vault.code("Slow")).isEqualTo(code);

        page.clock().install();
        page.clock().pauseAt(Date.from(endOfDay().minusSeconds(4)));
        page.locator("#accounts .next:not(:empty)").waitFor();
        String next = phone.code(clock, 1);
        assertThat(vault.row("Slow").locator(".next").innerText().replaceAll("[\\s\\u00a0]", ""))
                .endsWith(next);
        window.screenshot("vault-next");
        window.context().setOffline(true);
        page.clock().runFor(8_000);
        vault.awaitCode("Slow", next);
        page.getByText("No connection.").first().waitFor();
        window.screenshot("vault-offline");
        window.context().setOffline(false);
        page.locator("#problem").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        vault.awaitSaid("You're connected again.");
        // The server's clock was never moved, and the page uses the server's clock.
        vault.awaitCode("Slow", code);
    }

    @Test
    @Tag("S33")
    @DisplayName("codes are shared, listed and revoked; a file is imported after a preview; exporting saves a file")
    void sharing(TestBrowser browser) throws IOException {
        BrowserWindow window = signIn(browser, "olga");
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        page.click("#import");
        page.setInputFiles(
                "#import-files",
                new FilePayload(
                        "list.txt",
                        "text/plain",
                        (uri("Wiki") + "\n" + uri("Chat") + "\nnonsense\n").getBytes(StandardCharsets.UTF_8)));
        page.locator("#import-items tr").nth(2).waitFor();
        window.screenshot("vault-import");
        assertThat(vault.services()).isEmpty();
        assertThat(page.locator("#import-items tr").nth(2).innerText()).contains("not an account");
        page.click("#import-store");
        vault.row("Wiki").waitFor();
        page.locator("#importing [data-close]").click();

        assertThat(vault.actions("Wiki"))
                .as("the realm does not allow QR codes")
                .containsExactly("Edit", "Share", "Delete");
        BrowserWindow other = signIn(browser, "rolf");
        vault.more("Wiki", "Share");
        page.fill("#recipient", "rolf");
        page.keyboard().press("Enter");
        page.locator("#shares li").waitFor();
        window.screenshot("vault-share");
        other.page().reload();
        VaultPage ofRolf = new VaultPage(other.page()).await();
        assertThat(ofRolf.code("Wiki")).isIn(aroundNow(PhoneApp.type(KEY)));
        assertThat(ofRolf.row("Wiki").innerText()).contains("Shared by olga");
        page.locator("#shares button").click();
        page.getByText("Not shared.").waitFor();
        page.fill("#recipient", "nobody of that name");
        page.keyboard().press("Enter");
        page.getByText("You can't share with this user").waitFor();
        page.keyboard().press("Escape");

        page.click("#export");
        page.check("#export-form [value=otpauth]");
        Download download = page.waitForDownload(() -> page.click("#export-form [type=submit]"));
        assertThat(Files.readString(download.path())).contains("otpauth://totp/", "Wiki", "Chat");
    }

    @Test
    @Tag("W2")
    @DisplayName("axe finds no violation in light, dark, narrow, German and right-to-left pages, and signing out, a "
            + "missing second factor and a refused account are explained")
    void looks(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "lena");
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        PageReview.of(window, "vault-empty");
        for (String service : List.of("GitHub", "ExampleBank", "Mail")) {
            vault.addByUri(
                    uri(service).replace(KEY, service.toUpperCase(Locale.ROOT) + KEY.substring(service.length())));
        }
        vault.addByUri("otpauth://totp/Token:4711?secret=2FASTEST&issuer=Token&digits=8&period=60");
        edit(page, vault, "Mail", "Private");
        vault.code("GitHub");
        page.evaluate("document.getElementById('notices').replaceChildren(); document.activeElement.blur()");
        PageReview.of(window, "vault");
        page.evaluate("document.documentElement.dir = 'rtl'");
        PageReview.of(window, "vault-rtl");
        page.evaluate("document.documentElement.dir = 'ltr'");
        vault.openAdding();
        page.locator("#by-hand > summary").click();
        PageReview.of(window, "vault-add");
        page.keyboard().press("Escape");
        page.route("**/totp-guard/accounts?*", VaultPageIT::refuse);
        page.reload();
        page.getByText("You need a second factor").first().waitFor();
        PageReview.of(window, "vault-second-factor");
        page.unrouteAll();
        page.click("#state-action");
        page.locator("input[name=password]").waitFor();
        assertThat(page.url()).contains("prompt=login");
        page.navigate(vault().toString());
        vault.code("GitHub");
        page.click("#sign-out");
        page.getByText("You are signed out").first().waitFor();
        assertThat(page.locator("#accounts li").count()).isZero();
        page.reload();
        page.locator("input[name=username]").waitFor();

        BrowserWindow german = signIn(browser, "dora", Look.USUAL.in("de").narrow());
        new VaultPage(german.page()).await();
        german.page().getByText("Noch keine Konten").waitFor();
        new VaultPage(german.page()).openAdding();
        PageReview.of(german, "vault-add-de");
        assertThat(german.problems()).isEmpty();
        german.page().fill("#uri", "otpauth://totp/Bank:4711?secret=2FASTEST1");
        german.page().keyboard().press("Enter");
        german.page().getByText("Dieser Schlüssel ist ungültig.").waitFor();
    }

    @Test
    @Tag("W2")
    @DisplayName(
            "the user chooses among the realm's languages, and light or dark; rows and codes follow at once, and the "
                    + "page keeps both choices")
    void languageAndTheme(TestBrowser browser) {
        BrowserWindow window = signIn(browser, "nora");
        Page page = window.page();
        VaultPage vault = new VaultPage(page).await();
        vault.addByUri(uri("GitHub"));
        vault.code("GitHub");
        assertThat(page.locator("#language option").allInnerTexts()).containsExactly("Deutsch", "English");
        assertThat(page.locator("#language").inputValue()).isEqualTo("en");

        page.selectOption("#language", "de");
        page.getByText("Authenticator-Tresor").first().waitFor();
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
        assertThat(page.title()).isEqualTo("Authenticator-Tresor");
        assertThat(page.locator("#person").innerText()).isEqualTo("Angemeldet als nora");
        assertThat(page.locator("#accounts summary").innerText()).isEqualTo("Mehr");
        vault.code("GitHub");

        page.selectOption("#theme", "dark");
        page.waitForFunction("getComputedStyle(document.body).backgroundColor === 'rgb(20, 23, 27)'");
        page.evaluate("document.getElementById('notices').replaceChildren()");
        window.screenshot("vault-chosen");
        page.reload();
        vault.await();
        vault.code("GitHub");
        assertThat(page.locator("h1").innerText()).isEqualTo("Authenticator-Tresor");
        assertThat(page.locator("#theme").inputValue()).isEqualTo("dark");
        page.waitForFunction("getComputedStyle(document.documentElement).colorScheme === 'dark'");
        page.selectOption("#theme", "system");
        page.waitForFunction("getComputedStyle(document.documentElement).colorScheme === 'light'");
        assertThat(window.problems()).isEmpty();
    }

    /** Answers as the REST does for a token that was issued for a password alone; VaultIT tests that it does. */
    private static void refuse(Route route) {
        route.fulfill(new Route.FulfillOptions()
                .setStatus(403)
                .setContentType("application/json")
                .setBody("{\"error\":\"second_factor_required\",\"details\":\"\"}"));
    }

    /** A new user, who signs in at the page with password and code. */
    private static BrowserWindow signIn(TestBrowser browser, String username) {
        return signIn(browser, username, Look.USUAL);
    }

    private static BrowserWindow signIn(TestBrowser browser, String username, Look look) {
        String id = realm.addUserWithPlaintextOtp(username, "phone", LOGIN_KEY);
        JsonNode role = realm.admin().get(realm.path("/roles/totp-vault"));
        realm.admin().post(realm.path("/users/" + id + "/role-mappings/realm"), List.of(role));
        BrowserWindow window = browser.open(look);
        window.page().navigate(vault().toString());
        new LoginPage(window.page()).logIn(username);
        new CodePage(window.page()).enter(PhoneApp.type(LOGIN_KEY).code(clock));
        return window;
    }

    private static void press(Page page, String selector, String key) {
        page.locator(selector).first().focus();
        page.keyboard().press(key);
    }

    private static String uri(String service) {
        return "otpauth://totp/" + service + ":me%40example.org?secret=" + KEY + "&issuer=" + service;
    }

    private static List<String> aroundNow(PhoneApp phone) {
        return List.of(phone.code(clock, -1), phone.code(clock), phone.code(clock, 1));
    }

    private static Instant endOfDay() {
        return Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }

    private static URI vault() {
        return URI.create(realm.uri() + "/totp-guard/vault");
    }

    private static HttpResponse<String> get(URI uri) {
        return Http.send(Http.request(uri).build());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
