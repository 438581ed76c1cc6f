package io.github.totpguard.it.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A form that is sent twice. The server's answer is held back until both have been sent, so the second submission
 * always happens while the first is in progress, even on a slow machine.
 */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("A form sent twice")
final class DoubleSubmitIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private static final String CLICK_TWICE = "gap => new Promise(done => {"
            + " const button = document.getElementById('kc-login');"
            + " button.click(); setTimeout(() => { button.click(); done(); }, gap); })";

    private static final String CORRECT_AND_SEND = "code => { const field = document.getElementById('otp');"
            + " const button = document.getElementById('kc-login'); button.click(); field.value = code;"
            + " field.dispatchEvent(new Event('input', { bubbles: true })); button.click(); }";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    private OidcLogin login;

    @ParameterizedTest(name = "{0} ms")
    @ValueSource(ints = {0, 60, 150, 300})
    @Tag("S53")
    @DisplayName("a form that is submitted by two clicks is sent once, and signs in")
    void clicks(int gap, Realms realms, TestClock clock, TestBrowser browser) {
        BrowserWindow window = atCodePage(realms, browser);
        List<Route> held = hold(window.page());
        window.page().fill("#otp", phone.code(clock));
        window.page().evaluate(CLICK_TWICE, gap);
        signsIn(window, held);
    }

    @Test
    @Tag("S53")
    @DisplayName("a corrected form can be sent again, even if the first answer never arrived")
    void corrected(Realms realms, TestClock clock, TestBrowser browser) {
        BrowserWindow window = atCodePage(realms, browser);
        List<Route> held = hold(window.page());
        window.page().fill("#otp", phone.wrongCode(clock));
        String code = phone.code(clock);
        window.page().evaluate(CORRECT_AND_SEND, code);
        // If a page sends two forms at the same moment, the browser may drop the first.
        window.page().waitForCondition(() -> sent(held, code).isPresent());
        sent(held, code).orElseThrow().resume();
        window.awaitApplication(login);
    }

    private BrowserWindow atCodePage(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("twice").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await();
        // The script is a module, so it has run when the page has loaded.
        window.page().waitForLoadState();
        return window;
    }

    /** Holds back the forms that the browser sends from now on, in the order of sending. */
    private static List<Route> hold(Page page) {
        List<Route> held = new ArrayList<>();
        page.route("**/login-actions/**", route -> {
            if (route.request().method().equals("POST")) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        return held;
    }

    private static Optional<Route> sent(List<Route> held, String code) {
        return held.stream()
                .filter(route -> route.request().postData().contains("otp=" + code))
                .findFirst();
    }

    private void signsIn(BrowserWindow window, List<Route> held) {
        window.page().waitForCondition(() -> !held.isEmpty());
        assertThat(held).hasSize(1);
        held.get(0).resume();
        window.awaitApplication(login);
        assertThat(held).hasSize(1);
    }
}
