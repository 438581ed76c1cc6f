package io.github.totpguard.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two pages that every user sees, in every language, with a picture of each. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Languages")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LanguagesIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final Path MESSAGES = Path.of("themes", "messages");
    /** The buttons whose text is wider than they are. */
    private static final String TOO_NARROW =
            "[...document.querySelectorAll('.totp-guard a, button, input[type=submit]')]"
                    + ".filter(button => getComputedStyle(button).display !== 'inline')"
                    + ".filter(button => button.scrollWidth > button.clientWidth + 1)"
                    + ".map(button => button.textContent.trim() || button.value)";

    private static final int SMALL_PHONE = 360;
    private static final int HEIGHT = 900;

    private TestRealm realm;

    @BeforeAll
    void realm(Realms realms) throws IOException {
        Set<String> tags = tags().collect(Collectors.toSet());
        realm = realms.guarded("languages")
                .settings(settings -> {
                    settings.setDisplayName("Example");
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(tags);
                    settings.setDefaultLocale("en");
                })
                .create();
        realm.addUser("alice");
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
    }

    /** Language tags, one for each file of messages. */
    static Stream<String> tags() throws IOException {
        try (Stream<Path> files = Files.list(MESSAGES)) {
            return files
                    .map(file -> file.getFileName().toString().replaceAll("messages_(.*)\\.properties", "$1"))
                    .map(language -> language.replace('_', '-'))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "in {0}")
    @Tag("S58")
    @DisplayName("code page and set-up page are in the user's language, without English, and fit a small phone")
    @MethodSource("tags")
    void pages(String tag, TestBrowser browser) throws IOException {
        Properties texts = texts(tag);

        BrowserWindow code = open("bob", tag, browser);
        new CodePage(code.page()).await();
        assertThat(code.page().locator("label[for=otp]").innerText()).contains(text(texts, "totpGuard.code.label"));
        assertLooks(code, tag, "code");

        BrowserWindow setup = open("alice", tag, browser);
        new SetupPage(setup.page()).await();
        assertThat(setup.page().locator("#totp-guard-submit").innerText())
                .contains(text(texts, "totpGuard.setup.activate"));
        assertLooks(setup, tag, "setup");
    }

    private BrowserWindow open(String user, String tag, TestBrowser browser) {
        BrowserWindow window = browser.open(Look.USUAL.in(tag));
        window.go(OidcLogin.to(realm).with("ui_locales", tag));
        new LoginPage(window.page()).logIn(user);
        return window;
    }

    private static void assertLooks(BrowserWindow window, String tag, String name) {
        assertThat(window.page().locator("html").getAttribute("lang")).isEqualTo(tag);
        assertThat(window.page().locator("html").getAttribute("dir"))
                .isEqualTo(tag.equals("ar") || tag.equals("fa") ? "rtl" : "ltr");
        if (!tag.equals("en")) {
            assertThat(window.page().locator("[lang=en]").count()).isZero();
        }
        assertThat(window.page().locator("body").innerText()).doesNotContain("totpGuard.");
        window.screenshot("languages/" + name + "-" + tag);
        window.page().setViewportSize(SMALL_PHONE, HEIGHT);
        assertThat((Boolean) window.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        assertThat((List<?>) window.page().evaluate(TOO_NARROW)).isEmpty();
        window.screenshot("languages/" + name + "-" + tag + "-narrow");
        assertThat(window.problems()).isEmpty();
    }

    private static Properties texts(String tag) throws IOException {
        Properties texts = new Properties();
        try (Reader reader =
                Files.newBufferedReader(MESSAGES.resolve("messages_" + tag.replace('-', '_') + ".properties"))) {
            texts.load(reader);
        }
        return texts;
    }

    private static String text(Properties texts, String key) {
        return new MessageFormat(texts.getProperty(key)).format(new Object[0]);
    }
}
