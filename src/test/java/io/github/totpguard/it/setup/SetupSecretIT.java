package io.github.totpguard.it.setup;

import static io.github.totpguard.it.setup.SetupSteps.assertSame;
import static io.github.totpguard.it.setup.SetupSteps.atSetup;
import static io.github.totpguard.it.setup.SetupSteps.secretOf;
import static io.github.totpguard.it.setup.SetupSteps.setupOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server generates the secret; it is valid for ten minutes, and only one page shows it. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("The secret of a set-up")
final class SetupSecretIT {
    private static final String CHOSEN_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final Duration STEP = Duration.ofSeconds(30);

    @Test
    @DisplayName("a reload shows the same key; after ten minutes there is a new one, and the page says so")
    void lifespan(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                // Longer than Keycloak's five minutes, otherwise Keycloak's limit would apply first.
                .settings(settings -> settings.setAccessCodeLifespanUserAction(3600))
                .create();
        String alice = realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(login), "alice");
        String first = setup.uriFromLink();
        window.page().reload();
        assertSame(setup.await().uriFromLink(), first);

        clock.advance(Duration.ofMinutes(10).plusSeconds(1));
        setup.enter(PhoneApp.scan(first).code(clock), "My phone");
        window.page().getByText("more than ten minutes").waitFor();
        String second = setup.await().uriFromLink();
        assertDifferent(second, first);
        assertThat(setup.label().inputValue()).isEqualTo("My phone");
        assertThat(realm.credentials(alice, "otp")).isEmpty();

        setup.enter(PhoneApp.scan(first).code(clock));
        setup.codeError();
        assertThat(window.problems()).isEmpty();
        setup.enter(PhoneApp.scan(second).code(clock));
        login.claims();
    }

    @Test
    @Tag("S21")
    @DisplayName("a secret in the request has no effect")
    void chosenSecret(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        PhoneApp chosen = PhoneApp.type(CHOSEN_SECRET);
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp shown = PhoneApp.scan(login);
        assertThat(login.post("code", withChosenSecret(chosen.code(clock)))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.post("code", withChosenSecret(shown.code(clock)))).isEqualTo(Outcome.LOGGED_IN);

        clock.advance(STEP);
        HttpLogin again = HttpLogin.atCodePage(realm, "alice");
        assertThat(again.postOtp(chosen.code(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(again.postOtp(shown.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S21")
    @DisplayName("a code for the key of another tab is not accepted")
    void otherTab(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
        Page otherTab = window.context().newPage();
        otherTab.navigate(OidcLogin.to(realm).uri().toString());
        new LoginPage(otherTab).logIn("alice");
        SetupPage other = new SetupPage(otherTab).await();
        assertDifferent(other.uriFromLink(), setup.uriFromLink());

        setup.enter(PhoneApp.scan(other.uriFromLink()).code(clock));
        setup.codeError();
        assertThat(realm.credentials(alice, "otp")).isEmpty();
    }

    @Test
    @Tag("S17")
    @Tag("A13")
    @DisplayName("once the device is active, no page shows its secret again")
    void neverShownAgain(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        Page page = window.page();
        SetupPage setup = setupOf(window.go(login), "alice");
        String setupUrl = page.url();
        String secret = secretOf(setup.uriFromLink());
        PhoneApp phone = PhoneApp.type(secret);
        setup.enter(phone.code(clock));
        login.claims();
        window.awaitApplication(login);

        page.goBack();
        assertHides(page.content(), secret);
        page.reload();
        assertHides(page.content(), secret);
        page.navigate(setupUrl);
        assertHides(page.content(), secret);

        JsonNode forAdministrators = realm.admin().get(realm.path("/users/" + alice + "/credentials"));
        assertThat(forAdministrators.findValuesAsText("type")).contains("otp");
        assertHides(forAdministrators.toString(), secret);
        assertThat(forAdministrators.findValues("secretData")).isEmpty();
        clock.advance(STEP);
        String forAccount = accountCredentials(realm, realm.accessToken("alice", phone.code(clock)));
        assertThat(forAccount).contains("\"otp\"");
        assertHides(forAccount, secret);
        assertThat(forAccount).doesNotContain("eyJ");
    }

    @Test
    @Tag("A13")
    @Tag("S18")
    @DisplayName("the page is not cached and makes no request to another origin, and no address contains its key")
    void keptToItself(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        List<String> requested = new ArrayList<>();
        window.page().onRequest(request -> requested.add(request.url()));
        List<Response> pages = new ArrayList<>();
        window.page().onResponse(response -> {
            if (response.request().isNavigationRequest() && response.status() == 200) {
                pages.add(response);
            }
        });
        SetupPage setup = setupOf(window.go(login), "alice");
        String secret = secretOf(setup.uriFromLink());
        pages.clear();
        window.page().reload();
        setup.await().enter(PhoneApp.type(secret).wrongCode(clock));
        setup.codeError();
        assertThat(pages).hasSizeGreaterThanOrEqualTo(2);
        assertThat(pages).allSatisfy(page -> assertThat(page.headerValue("cache-control"))
                .contains("no-store"));
        setup.enter(PhoneApp.type(secret).code(clock));
        login.claims();

        URI server = realm.uri();
        assertThat(requested).allSatisfy(url -> assertThat(url)
                .startsWithIgnoringCase(
                        url.startsWith(login.redirectUri().toString())
                                ? login.redirectUri().toString()
                                : server.getScheme() + "://" + server.getAuthority() + "/"));
        requested.forEach(url -> assertHides(url, secret));
    }

    private static Map<String, String> withChosenSecret(String code) {
        return Map.of("code", code, "label", "", "secret", CHOSEN_SECRET, "totpSecret", CHOSEN_SECRET);
    }

    private static String accountCredentials(TestRealm realm, String accessToken) {
        return realm.account(accessToken).credentials("").toString();
    }

    private static void assertDifferent(String actual, String other) {
        assertThat(actual.equals(other)).as("the same secret").isFalse();
    }

    private static void assertHides(String text, String secret) {
        String squeezed = text.replaceAll("\\s|%20|\\+", "");
        assertThat(squeezed.contains(secret)).as("shows the secret").isFalse();
    }
}
