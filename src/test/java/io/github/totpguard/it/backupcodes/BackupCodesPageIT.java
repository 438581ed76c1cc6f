package io.github.totpguard.it.backupcodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Backup codes as a person uses them. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Backup codes on the pages")
final class BackupCodesPageIT {

    @Test
    @Tag("N9")
    @Tag("W2")
    @DisplayName("after the first device, codes are copied, printed, downloaded and confirmed; then a German user "
            + "uses one on a phone")
    void story(Realms realms, TestClock clock, TestBrowser browser) throws IOException {
        TestRealm realm = realms.guarded("codes")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                    settings.setDefaultLocale("en");
                })
                .then(BackupCodes::beside)
                .create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        Page page = window.page();
        new LoginPage(page).logIn("alice");
        SetupPage setup = new SetupPage(page).await();
        setup.enter(PhoneApp.scan(setup.uriFromScreenshot()).code(clock));

        Locator items = page.locator("#totp-guard-backup-codes li");
        items.first().waitFor();
        List<String> codes = items.allInnerTexts().stream().map(String::strip).toList();
        assertThat(codes).hasSize(10);
        window.screenshot("backup-codes");
        // Two columns: the first code of the second column is beside the first code.
        assertThat(items.nth(5).boundingBox().x)
                .isGreaterThan(items.first().boundingBox().x + items.first().boundingBox().width / 2);

        page.click("#totp-guard-copy-codes");
        page.getByText("Codes copied.").waitFor();
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(String.join("\n", codes));

        Download download = page.waitForDownload(() -> page.click("#totp-guard-download-codes"));
        assertThat(download.suggestedFilename()).matches("backup-codes-codes-[0-9a-f]+-\\d{4}-\\d\\d-\\d\\d\\.txt");
        assertThat(Files.readAllLines(download.path()))
                .startsWith("Backup codes: Example, alice, "
                        + clock.now().toString().substring(0, 10))
                .containsSubsequence(codes);

        page.evaluate("window.print = () => { document.title = 'printed'; }");
        page.click("#totp-guard-print-codes");
        assertThat(page.title()).isEqualTo("printed");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(items.last().isVisible()).isTrue();
        assertThat(page.locator("#totp-guard-backup-codes-form").isVisible()).isFalse();
        List<String> printed = page.locator("body")
                .innerText()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(printed).hasSize(codes.size() + 2).containsSubsequence(codes);
        assertThat(printed.get(0)).startsWith("Backup codes: Example, alice, ");
        assertThat(printed.get(printed.size() - 1)).startsWith("Each code works once");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));

        page.click("#totp-guard-submit");
        page.locator("#input-error-saved").waitFor();
        assertThat(items.allInnerTexts().stream().map(String::strip)).isEqualTo(codes);
        page.check("#saved");
        page.click("#totp-guard-submit");
        login.claims();
        assertThat(window.problems()).isEmpty();

        OidcLogin second = OidcLogin.to(realm);
        BrowserWindow german = browser.open(Look.USUAL.in("de").narrow()).go(second);
        Page form = german.page();
        new LoginPage(form).logIn("alice");
        CodePage code = new CodePage(form).await().openOtherWays();
        assertThat(code.useBackupCode().innerText()).isEqualTo("Backup-Code verwenden");
        code.useBackupCode().click();
        form.locator("#backupCode").waitFor();
        assertThat(form.locator("h1").first().innerText()).isEqualTo("Backup-Code eingeben");
        assertThat((Boolean) form.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        german.screenshot("backup-code-de-narrow");
        form.fill("#backupCode", "07 falsch");
        form.keyboard().press("Enter");
        assertThat(form.locator("#input-error-backupCode").innerText()).contains("Ein Teil des Codes fehlt");
        form.fill("#backupCode", codes.get(6).substring(3));
        form.keyboard().press("Enter");
        form.getByText("Sie haben die Nummer vor dem Code weggelassen").first().waitFor();
        form.fill("#backupCode", codes.get(6).toLowerCase(Locale.ROOT));
        form.keyboard().press("Enter");
        form.click("#totp-guard-no");
        second.claims();
    }
}
