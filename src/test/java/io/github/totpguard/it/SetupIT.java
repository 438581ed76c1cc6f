package io.github.totpguard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.github.totpguard.it.HttpLogin.Outcome;
import io.github.totpguard.it.pages.CodePage;
import io.github.totpguard.it.pages.LimitPage;
import io.github.totpguard.it.pages.LoginPage;
import io.github.totpguard.it.pages.ProvePage;
import io.github.totpguard.it.pages.SetupPage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The set-up of a device: who may, what the page shows, and what is left when somebody stops half-way. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("Set-up")
final class SetupIT {
    private static final String OLD_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String CHOSEN_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Pattern URI_ON_PAGE = Pattern.compile("id=\"totp-guard-uri\" href=\"([^\"]+)\"");
    private static final Pattern LABEL_ON_PAGE = Pattern.compile("name=\"label\" value=\"([^\"]*)\"");

    /** Our elements that reach beyond the window. Keycloak's own tooltip does; that is not ours. */
    private static final String OUTSIDE =
            """
            () => [...document.querySelectorAll('.totp-guard, .totp-guard *')]
                    .filter(e => e.getBoundingClientRect().width > 1)
                    .filter(e => {
                        const box = e.getBoundingClientRect();
                        return box.right > document.documentElement.clientWidth + 0.5 || box.left < -0.5;
                    })
                    .map(e => e.tagName + '#' + e.id + '.' + e.className)
            """;

    /** Controls of ours that are smaller than WCAG's 24 pixels. */
    private static final String TOO_SMALL =
            """
            () => [...document.querySelectorAll('.totp-guard :is(a, button, input:not([type=checkbox]))')]
                    .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24)
                    .map(e => e.tagName + '#' + e.id)
            """;

    /** The device that Bob has from before. */
    private final PhoneApp oldPhone = PhoneApp.type(OLD_SECRET);

    // ---- The secret ----

    @Test
    @Tag("S31")
    @Tag("W4")
    @DisplayName("the dense QR code of long names and a long key can be read, on a small phone, too")
    void denseCode(Realms realms, TestBrowser browser) {
        TestRealm realm = realmOfLongNames(realms);
        for (Look look : List.of(Look.USUAL, Look.USUAL.narrow())) {
            SetupPage setup = setupOf(browser.open(look).go(OidcLogin.to(realm)), "alice");
            assertSame(setup.uriFromScreenshot(), setup.uriFromLink());
        }
    }

    @Test
    @DisplayName("a reload shows the same key; after ten minutes there is a new one, and the page says so")
    void lifespan(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                // Longer than Keycloak's five minutes, or its own limit would come first.
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
    @DisplayName("with Keycloak's own five minutes a page that was open for longer leads back to the password")
    void loginTimeout(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = scan(login);
        clock.advance(Duration.ofMinutes(6));
        assertThat(confirm(login, phone.code(clock), "")).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(realm.credentials(alice, "otp")).isEmpty();
    }

    @Test
    @Tag("S21")
    @DisplayName("a secret in the request changes nothing")
    void chosenSecret(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        PhoneApp chosen = PhoneApp.type(CHOSEN_SECRET);
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp shown = scan(login);
        assertThat(login.post("code", withChosenSecret(chosen.code(clock)))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.post("code", withChosenSecret(shown.code(clock)))).isEqualTo(Outcome.LOGGED_IN);

        clock.advance(STEP);
        HttpLogin again = HttpLogin.atCodePage(realm, "alice");
        assertThat(again.postOtp(chosen.code(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(again.postOtp(shown.code(clock))).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("S21")
    @DisplayName("a code of another tab's key is not accepted")
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
    @DisplayName("once the device is active, nothing shows its secret again")
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
    @DisplayName("the page is not cached, makes no request to another origin, and its key is in no address")
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

    @Test
    @Tag("S20")
    @DisplayName("a user who stops half-way keeps the old device and gets no second one")
    void abandoned(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        login.postPassword("bob", "bob");
        assertThat(login.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        PhoneApp newPhone = scan(login);

        clock.advance(STEP);
        HttpLogin later = HttpLogin.atCodePage(realm, "bob");
        assertThat(later.postOtp(newPhone.code(clock))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(later.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    // ---- Who asked for it ----

    @Test
    @DisplayName("an application asks for a device with kc_action and is told that it was added")
    void applicationInitiated(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String alice = realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(login), "alice");
        assertThat(window.problems()).isEmpty();
        setup.enter(PhoneApp.scan(setup.uriFromScreenshot()).code(clock), "Phone");
        assertThat(login.actionStatus()).contains("success");
        assertThat(labels(realm, alice)).containsExactly("Phone");
    }

    @Test
    @DisplayName("cancelled, the application is told so, and nothing is left behind but the count of wrong codes")
    void cancelled(Realms realms, TestClock clock, TestBrowser browser, Database database) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        SetupPage setup = new SetupPage(window.page()).await();
        String before = rememberedDevices(database, bob);
        setup.enter(PhoneApp.scan(setup.uriFromLink()).wrongCode(clock));
        setup.codeError();
        setup.cancel();
        assertThat(login.actionStatus()).contains("cancelled");
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
        assertThat(rememberedDevices(database, bob)).isEqualTo(before).contains("\"s\"");
    }

    @Test
    @DisplayName("an administrator asks a user for a device, once")
    void requiredAction(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String alice = realm.addUser("alice");
        realm.changeUser(alice, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));
        HttpLogin login = atSetup(realm, "alice");
        assertThat(login.body()).doesNotContain("cancel-aia");
        assertThat(confirm(login, scan(login).code(clock), "Phone")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, alice)).containsExactly("Phone");
        assertThat(realm.user(alice).getRequiredActions()).isEmpty();
        assertThat(HttpLogin.open(OidcLogin.to(realm)).postPassword("alice", "alice"))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @ParameterizedTest(name = "kc_action={0}")
    @ValueSource(strings = {"", Realms.SETUP_ACTION})
    @Tag("S19")
    @DisplayName("what the flow demands cannot be cancelled, even if an application asked for it first (CVE-2025-3910)")
    void demandedByTheFlow(String kcAction, Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        OidcLogin request = OidcLogin.to(realm);
        HttpLogin login = HttpLogin.open(kcAction.isEmpty() ? request : request.with("kc_action", kcAction));
        login.postPassword("alice", "alice");
        PhoneApp phone = scan(login);
        assertThat(login.post("code", Map.of("cancel-aia", "true", "code", "", "label", "")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-setup-form");
        assertThat(login.post("code", Map.of("cancel-aia", "true", "code", phone.wrongCode(clock), "label", "")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(confirm(login, phone.code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
    }

    // ---- With a device there already ----

    @Test
    @Tag("S19")
    @Tag("N15")
    @DisplayName("with only a password, a user who has a device proves it before adding another")
    void proveFirst(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        OidcLogin passwordLogin = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(passwordLogin);
        new LoginPage(window.page()).logIn("bob");
        passwordLogin.claims();
        window.awaitApplication(passwordLogin);

        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        ProvePage prove = new ProvePage(window.go(login).page()).await();
        window.screenshot("prove-light");
        prove.enter(oldPhone.wrongCode(clock));
        assertThat(prove.error()).contains("did not work");
        assertThat(window.page()
                        .locator("#totp-guard-qr, #totp-guard-uri, #totp-guard-key")
                        .count())
                .isZero();
        EventRepresentation refused =
                realm.events(EventType.UPDATE_CREDENTIAL_ERROR).get(0);
        assertThat(refused.getError()).isEqualTo("invalid_user_credentials");
        assertThat(refused.getDetails())
                .containsEntry("credential_type", "otp")
                .containsEntry("totp_guard_verdict", "mismatch");

        prove.enter(oldPhone.code(clock));
        SetupPage setup = new SetupPage(window.page()).await();
        PhoneApp newPhone = PhoneApp.scan(setup.uriFromScreenshot());
        setup.enter(newPhone.code(clock), "New phone");
        assertThat(login.actionStatus()).contains("success");
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Bob's old phone", "New phone");

        realm.flows().bindBrowser(Realms.BROWSER_FLOW);
        clock.advance(STEP);
        for (PhoneApp device : List.of(oldPhone, newPhone)) {
            assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(device.code(clock)))
                    .isEqualTo(Outcome.LOGGED_IN);
        }
    }

    @Test
    @Tag("S19")
    @DisplayName("a code for the set-up form does not get past the proof, nor does the enrolment in one request")
    void noWayAroundTheProof(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        login.postPassword("bob", "bob");
        PhoneApp chosen = PhoneApp.type(CHOSEN_SECRET);
        Map<String, String> everything = Map.of(
                "otp", "", "code", chosen.code(clock), "secret", CHOSEN_SECRET, "label", "x", "continue", "true");
        assertThat(login.post("otp", everything)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).contains("totp-guard-prove-form").doesNotContain("otpauth:");
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    @Test
    @Tag("S19")
    @DisplayName("the proof is asked for as well when an administrator wants the device")
    void proveForAdministrator(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        realm.changeUser(bob, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm));
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.body()).contains("totp-guard-prove-form").doesNotContain("cancel-aia", "otpauth:");
        assertThat(login.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(confirm(login, scan(login).code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
        assertThat(realm.credentials(bob, "otp")).hasSize(2);
    }

    @Test
    @Tag("S19")
    @DisplayName("a first device that was added elsewhere meanwhile is asked for before a second one")
    void firstDeviceMeanwhile(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String alice = realm.addUser("alice");
        HttpLogin slow = atSetup(realm, "alice");
        PhoneApp slowPhone = scan(slow);
        HttpLogin quick = atSetup(realm, "alice");
        PhoneApp quickPhone = scan(quick);
        assertThat(confirm(quick, quickPhone.code(clock), "Quick")).isEqualTo(Outcome.LOGGED_IN);

        assertThat(confirm(slow, slowPhone.code(clock), "Slow")).isEqualTo(Outcome.CODE_PAGE);
        assertThat(slow.body()).contains("totp-guard-prove-form").doesNotContain("input-error-otp");
        assertThat(labels(realm, alice)).containsExactly("Quick");
        clock.advance(STEP);
        assertThat(slow.postOtp(quickPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(confirm(slow, slowPhone.code(clock), "Slow")).isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("after a login with a code another device needs no further proof, while the login is fresh")
    void provedByTheLogin(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        BrowserWindow window = browser.open();
        logInWithCode(window, realm, oldPhone.code(clock));

        clock.advance(Duration.ofMinutes(2));
        OidcLogin adding = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        SetupPage setup = new SetupPage(window.go(adding).page()).await();
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock), "Second phone");
        assertThat(adding.actionStatus()).contains("success");
        assertThat(labels(realm, bob)).contains("Second phone");

        clock.advance(Duration.ofMinutes(4));
        OidcLogin stale = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        new LoginPage(window.go(stale).page()).password("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        new SetupPage(window.page()).await();
    }

    @ParameterizedTest(name = "ticked={0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("\"Sign out from other devices\" ends the other sessions when ticked, and only then")
    void otherSessions(boolean ticked, Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String bob = addBob(realm);
        assertThat(HttpLogin.atCodePage(realm, "bob").postOtp(oldPhone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
        clock.advance(STEP);
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        SetupPage setup = new SetupPage(window.page()).await();
        window.page().locator("input[name=logout-sessions]").setChecked(ticked);
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock));
        login.claims();
        assertThat(realm.admin().get(realm.path("/users/" + bob + "/sessions"))).hasSize(ticked ? 1 : 2);
    }

    // ---- The code ----

    @Test
    @Tag("W2")
    @Tag("W3")
    @DisplayName("a wrong code is said at its field; key and label stay; the code that enrolled opens nothing")
    void wrongCode(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(login), "alice");
        String uri = setup.uriFromLink();
        PhoneApp phone = PhoneApp.scan(uri);
        setup.enter(phone.wrongCode(clock), "Alice's phone");
        assertThat(setup.codeError()).contains("did not work", "The code from your authenticator app");
        assertSame(setup.uriFromLink(), uri);
        assertThat(setup.label().inputValue()).isEqualTo("Alice's phone");
        assertThat(setup.code().inputValue()).isEmpty();
        assertThat(setup.code().evaluate("field => document.activeElement === field"))
                .isEqualTo(true);

        String code = phone.code(clock);
        assertThat(window.problems()).isEmpty();
        setup.enter(code);
        login.claims();
        String credentialId = realm.credentials(alice, "otp").get(0).getId();
        EventRepresentation refused =
                realm.events(EventType.UPDATE_CREDENTIAL_ERROR).get(0);
        assertThat(refused.getError()).isEqualTo("invalid_user_credentials");
        assertThat(refused.getDetails())
                .containsEntry("credential_type", "otp")
                .containsEntry("credential_id", credentialId)
                .containsEntry("credential_user_label", "Alice's phone")
                .containsEntry("totp_guard_verdict", "mismatch");
        assertThat(HttpLogin.atCodePage(realm, "alice").postOtp(code)).isEqualTo(Outcome.CODE_PAGE);
    }

    // ---- The label ----

    @Test
    @DisplayName("a device without a name gets one, in the user's language, and unlike the others")
    void defaultLabel(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> languages(settings, "en", "de"))
                .then(BoundFlows::passwordOnly)
                .create();
        String alice = realm.addUser("alice");
        HttpLogin english = atSetup(realm, "alice");
        assertThat(suggestedLabel(english)).isEqualTo("Authenticator app");
        assertThat(confirm(english, scan(english).code(clock), "  ")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, alice)).containsExactly("Authenticator app");

        String greta = realm.addUser("greta");
        HttpLogin german = HttpLogin.open(
                OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION).with("ui_locales", "de"));
        german.postPassword("greta", "greta");
        assertThat(suggestedLabel(german)).isEqualTo("Authenticator-App");
        assertThat(confirm(german, scan(german).code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, greta)).containsExactly("Authenticator-App");

        String bob = realm.addUserWithPlaintextOtp("bob", "Authenticator app", OLD_SECRET);
        HttpLogin second = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        assertThat(suggestedLabel(second)).isEqualTo("Authenticator app 2");
        assertThat(confirm(second, scan(second).code(clock), "")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Authenticator app", "Authenticator app 2");
    }

    @Test
    @DisplayName("a name that differs from another only in case is made different")
    void labelTaken(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").then(BoundFlows::passwordOnly).create();
        String bob = addBob(realm);
        HttpLogin login = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        assertThat(confirm(login, scan(login).code(clock), " BOB'S old phone ")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Bob's old phone", "BOB'S old phone 2");
    }

    @Test
    @Tag("S31")
    @DisplayName("a name that is too long or has invisible characters is refused; the code is still good")
    void labelRefused(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = scan(login);
        String code = phone.code(clock);
        assertThat(confirm(login, code, "x".repeat(65))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("id=\"input-error-label\"", "Use at most 64 characters");
        for (String label : List.of("a\u0007b", "a\u202eb", "a\u2066b", "a\u0000b")) {
            assertThat(confirm(login, code, label)).isEqualTo(Outcome.OTHER_PAGE);
            assertThat(login.body()).contains("id=\"input-error-label\"", "characters that cannot be shown");
        }
        assertThat(realm.credentials(alice, "otp")).isEmpty();
        assertThat(realm.events(EventType.UPDATE_CREDENTIAL_ERROR))
                .extracting(EventRepresentation::getError)
                .containsOnly("invalid_input");
        assertThat(confirm(login, code, "x".repeat(64))).isEqualTo(Outcome.LOGGED_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"><svg onload=x>", "\ud83d\udcf1 \u00dcn\u00e4l's {0} ${realm.name} 50%"})
    @Tag("S31")
    @DisplayName("a name is text: escaped on the page, stored as it is")
    void labelIsText(String label, Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").create();
        String alice = realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = scan(login);
        assertThat(confirm(login, phone.wrongCode(clock), label)).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).doesNotContain("<svg onload");
        assertThat(suggestedLabel(login)).isEqualTo(label);
        assertThat(confirm(login, phone.code(clock), label)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(labels(realm, alice)).containsExactly(label);
    }

    @Test
    @Tag("S59")
    @DisplayName("half a code is told how many digits to enter, as many as the new device shows")
    void incompleteCode(Realms realms, TestClock clock) {
        TestRealm realm =
                realms.guarded("setup").otpPolicy("HmacSHA1", 8, 30, 1).create();
        realm.addUser("alice");
        HttpLogin login = atSetup(realm, "alice");
        PhoneApp phone = scan(login);
        for (String code : List.of("12 34", "123456", "letters")) {
            assertThat(confirm(login, code, "phone")).isEqualTo(Outcome.OTHER_PAGE);
            assertThat(login.body()).contains("Enter all 8 digits of the code.").doesNotContain("did not work");
        }
        assertThat(confirm(login, phone.code(clock), "phone")).isEqualTo(Outcome.LOGGED_IN);
    }

    // ---- The policy ----

    @Test
    @DisplayName("a user with as many devices as allowed is told so; Continue cancels what the application asked for")
    void limitForApplication(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").policy("maxDevices", 1).create();
        String bob = addBob(realm);
        OidcLogin login = OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).await().enter(oldPhone.code(clock));
        LimitPage limit = new LimitPage(window.page()).await();
        window.screenshot("limit-light");
        assertThat(limit.reason()).contains("(1)");
        assertThat(window.problems()).isEmpty();
        limit.goOn();
        assertThat(login.actionStatus()).contains("cancelled");
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    @Test
    @DisplayName("a user with as many devices as allowed continues past what an administrator asked for")
    void limitForAdministrator(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").policy("maxDevices", 1).create();
        String bob = addBob(realm);
        realm.changeUser(bob, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        assertThat(login.postOtp(oldPhone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-limit-form").doesNotContain("otpauth:");
        assertThat(login.post("continue", Map.of("continue", "true"))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(realm.user(bob).getRequiredActions()).isEmpty();
        assertThat(labels(realm, bob)).containsExactly("Bob's old phone");
    }

    @Test
    @DisplayName("a last place that was taken elsewhere meanwhile: the page says so")
    void limitMeanwhile(Realms realms, TestClock clock) {
        TestRealm realm = realms.guarded("setup").policy("maxDevices", 2).create();
        String bob = addBob(realm);
        HttpLogin slow = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        clock.advance(STEP);
        HttpLogin quick = atSetupWithProof(realm, "bob", oldPhone.code(clock));
        assertThat(confirm(quick, scan(quick).code(clock), "Quick")).isEqualTo(Outcome.LOGGED_IN);

        assertThat(confirm(slow, scan(slow).code(clock), "Slow")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(slow.body()).contains("totp-guard-limit-form").doesNotContain("otpauth:");
        assertThat(labels(realm, bob)).containsExactlyInAnyOrder("Bob's old phone", "Quick");
    }

    @Test
    @Tag("K3")
    @DisplayName("unusual parameters are in the QR code, in words beside it, and come with a warning; login works")
    void unusualParameters(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm =
                realms.guarded("setup").otpPolicy("HmacSHA256", 8, 60, 1).create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(login), "alice");
        assertThat(setup.parametersWarning().isVisible()).isTrue();
        assertThat(setup.detail("algorithm")).isEqualTo("SHA256");
        assertThat(setup.detail("digits")).isEqualTo("8");
        assertThat(setup.detail("period")).isEqualTo("60");
        window.screenshot("setup-parameters");
        String uri = setup.uriFromScreenshot();
        assertThat(uri.contains("algorithm=SHA256") && uri.contains("digits=8") && uri.contains("period=60"))
                .as("the QR code carries the parameters")
                .isTrue();
        PhoneApp phone = PhoneApp.scan(uri);
        setup.enter(phone.code(clock));
        login.claims();
        clock.advance(Duration.ofSeconds(60));
        assertThat(HttpLogin.atCodePage(realm, "alice").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @Tag("K3")
    @DisplayName("the usual parameters are not mentioned")
    void usualParameters(Realms realms) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        assertThat(atSetup(realm, "alice").body())
                .doesNotContain("totp-guard-parameters-warning", "totp-guard-algorithm", "totp-guard-period");
    }

    @Test
    @Tag("K1")
    @DisplayName("the app lists the account under the policy's issuer and the user's e-mail address")
    void namesOfThePolicy(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .policy("issuer", "Acme")
                .policy("accountName", "email")
                .create();
        realm.addUser("alice");
        SetupPage setup = setupOf(browser.open().go(OidcLogin.to(realm)), "alice");
        String uri = setup.uriFromScreenshot();
        assertThat(labelOf(uri)).isEqualTo("/Acme:alice@example.org");
        assertThat(issuerOf(uri)).isEqualTo("Acme");
        assertThat(setup.detail("issuer")).isEqualTo("Acme");
        assertThat(setup.detail("account")).isEqualTo("alice@example.org");
    }

    @Test
    @Tag("S31")
    @Tag("K1")
    @DisplayName("a realm's name with a colon, an emoji, percent and plus arrives in the app; the colon is a space")
    void realmName(Realms realms, TestClock clock, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> settings.setDisplayName("Acme: 100% \ud83e\udd8a a+b"))
                .create();
        realm.addUser("alice");
        OidcLogin login = OidcLogin.to(realm);
        SetupPage setup = setupOf(browser.open().go(login), "alice");
        String uri = setup.uriFromScreenshot();
        assertThat(labelOf(uri)).isEqualTo("/Acme 100% \ud83e\udd8a a+b:alice");
        assertThat(issuerOf(uri)).isEqualTo("Acme 100% \ud83e\udd8a a+b");
        setup.enter(PhoneApp.scan(uri).code(clock));
        login.claims();
    }

    @Test
    @DisplayName("a policy that could not be followed is refused when it is saved, with the setting's name")
    void policyChecked(Realms realms) {
        TestRealm realm = realms.guarded("setup").create();
        realm.configureRequiredAction(Realms.SETUP_ACTION, Map.of("issuer", "Acme"));
        for (Map.Entry<String, String> wrong : Map.of("maxDevices", "0", "accountName", "phone", "issuer", "a:b")
                .entrySet()) {
            AdminApiException refused = catchThrowableOfType(
                    AdminApiException.class,
                    () -> realm.configureRequiredAction(
                            Realms.SETUP_ACTION, Map.of("max_auth_age", "60", wrong.getKey(), wrong.getValue())));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).contains(wrong.getKey());
        }
        JsonNode stored =
                realm.admin().get(realm.path("/authentication/required-actions/" + Realms.SETUP_ACTION + "/config"));
        assertThat(stored.path("config").toString()).isEqualTo("{\"issuer\":\"Acme\"}");
    }

    // ---- The page ----

    @Test
    @Tag("W1")
    @DisplayName("the copy button copies the key without its spaces and says so")
    void copyKey(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup").create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        window.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
        assertThat(setup.copyKey()).isEqualTo("Key copied.");
        Object copied = window.page().evaluate("() => navigator.clipboard.readText()");
        assertSame((String) copied, secretOf(setup.uriFromLink()));
        assertThat(setup.key().matches("([A-Z2-7]{4} )+[A-Z2-7]{1,4}"))
                .as("the key is shown in groups of four")
                .isTrue();
        assertThat(window.problems()).isEmpty();
    }

    @Test
    @Tag("W4")
    @DisplayName("the QR code can be read in a light page, in a dark one and on a small phone")
    void looks(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> settings.setDisplayName("Example Inc."))
                .create();
        realm.addUser("alice");
        Map<String, Look> looks =
                Map.of("setup-light", Look.USUAL, "setup-dark", Look.USUAL.dark(), "setup-narrow", Look.USUAL.narrow());
        looks.forEach((name, look) -> {
            BrowserWindow window = browser.open(look);
            SetupPage setup = setupOf(window.go(OidcLogin.to(realm)), "alice");
            window.screenshot(name);
            assertSame(setup.uriFromScreenshot(), setup.uriFromLink());
            assertThat(window.problems()).isEmpty();
        });
    }

    @Test
    @Tag("W3")
    @DisplayName("on a small phone nothing of the page is cut off, and every control is big enough to hit")
    void narrow(Realms realms, TestBrowser browser) {
        TestRealm realm = realmOfLongNames(realms);
        BrowserWindow window = browser.open(Look.USUAL.narrow());
        setupOf(window.go(OidcLogin.to(realm)), "alice");
        window.screenshot("setup-narrow-long");
        assertThat(outside(window.page())).isEmpty();
        assertThat(tooSmall(window.page())).isEmpty();
    }

    @Test
    @DisplayName("the page in German")
    void german(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> languages(settings, "en", "de"))
                .create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        setupOf(window.go(OidcLogin.to(realm).with("ui_locales", "de")), "alice");
        window.screenshot("setup-de");
        assertThat(window.page().getByText("scannen Sie diesen QR-Code").isVisible())
                .isTrue();
        assertThat(window.page().getByLabel("Ger\u00e4tename").count()).isEqualTo(1);
    }

    @Test
    @DisplayName("right to left: the page turns, key and code do not")
    void rightToLeft(Realms realms, TestBrowser browser) {
        TestRealm realm = realms.guarded("setup")
                .settings(settings -> languages(settings, "en", "ar"))
                .create();
        realm.addUser("alice");
        BrowserWindow window = browser.open();
        SetupPage setup = setupOf(window.go(OidcLogin.to(realm).with("ui_locales", "ar")), "alice");
        window.screenshot("setup-rtl");
        assertThat(window.page().locator("html").getAttribute("dir")).isEqualTo("rtl");
        assertThat(setup.code().evaluate("field => getComputedStyle(field).direction"))
                .isEqualTo("ltr");
        assertThat(window.page().locator("#totp-guard-key").evaluate("key => getComputedStyle(key).direction"))
                .isEqualTo("ltr");
        assertThat(outside(window.page())).isEmpty();
        assertSame(setup.uriFromScreenshot(), setup.uriFromLink());
    }

    // ---- The house ----

    private static TestRealm realmOfLongNames(Realms realms) {
        TestRealm realm = realms.guarded("setup")
                .policy("issuer", "AnIssuerWithAVeryLongNameAndNoSpaceAnywhereInItAtAll")
                .otpPolicy("HmacSHA512", 8, 60, 1)
                .create();
        realm.addUser("alice");
        return realm;
    }

    private static void languages(RealmRepresentation settings, String... languages) {
        settings.setInternationalizationEnabled(true);
        settings.setSupportedLocales(Set.of(languages));
        settings.setDefaultLocale("en");
    }

    private static String addBob(TestRealm realm) {
        return realm.addUserWithPlaintextOtp("bob", "Bob's old phone", OLD_SECRET);
    }

    private static SetupPage setupOf(BrowserWindow window, String username) {
        new LoginPage(window.page()).logIn(username);
        return new SetupPage(window.page()).await();
    }

    private static void logInWithCode(BrowserWindow window, TestRealm realm, String code) {
        OidcLogin login = OidcLogin.to(realm);
        new LoginPage(window.go(login).page()).logIn("bob");
        new CodePage(window.page()).await().enter(code);
        login.claims();
        window.awaitApplication(login);
    }

    private static HttpLogin atSetup(TestRealm realm, String username) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        assertThat(login.postPassword(username, username)).isEqualTo(Outcome.OTHER_PAGE);
        return login;
    }

    private static HttpLogin atSetupWithProof(TestRealm realm, String username, String code) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        assertThat(login.postPassword(username, username)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(code)).isEqualTo(Outcome.OTHER_PAGE);
        return login;
    }

    private static Outcome confirm(HttpLogin login, String code, String label) {
        return login.post("code", Map.of("code", code, "label", label));
    }

    private static Map<String, String> withChosenSecret(String code) {
        return Map.of("code", code, "label", "", "secret", CHOSEN_SECRET, "totpSecret", CHOSEN_SECRET);
    }

    private static PhoneApp scan(HttpLogin login) {
        return PhoneApp.scan(onPage(login, URI_ON_PAGE));
    }

    private static String suggestedLabel(HttpLogin login) {
        return onPage(login, LABEL_ON_PAGE);
    }

    private static String onPage(HttpLogin login, Pattern pattern) {
        Matcher found = pattern.matcher(login.body());
        assertThat(found.find()).as("the page has %s", pattern).isTrue();
        return found.group(1)
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static List<String> labels(TestRealm realm, String userId) {
        return realm.credentials(userId, "otp").stream()
                .map(CredentialRepresentation::getUserLabel)
                .toList();
    }

    /** The devices in the user's row, as they are written there. */
    private static String rememberedDevices(Database database, String userId) {
        return AdminApi.parse(database.text("select state from totp_guard_state where user_id = ?", userId))
                .path("d")
                .toString();
    }

    private static String accountCredentials(TestRealm realm, String accessToken) {
        return realm.account(accessToken).credentials("").toString();
    }

    private static String secretOf(String uri) {
        return parameter(uri, "secret");
    }

    private static String issuerOf(String uri) {
        return parameter(uri, "issuer");
    }

    /** Decoded as apps do it: only percent signs mean something. */
    private static String parameter(String uri, String name) {
        return Stream.of(URI.create(uri).getRawQuery().split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1).replace("+", "%2B"))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private static String labelOf(String uri) {
        return URI.create(uri).getPath();
    }

    // Secrets are not for messages.

    private static void assertSame(String actual, String expected) {
        assertThat(actual.equals(expected)).as("the same secret").isTrue();
    }

    private static void assertDifferent(String actual, String other) {
        assertThat(actual.equals(other)).as("the same secret").isFalse();
    }

    private static void assertHides(String text, String secret) {
        String squeezed = text.replaceAll("\\s|%20|\\+", "");
        assertThat(squeezed.contains(secret)).as("shows the secret").isFalse();
    }

    private static List<?> outside(Page page) {
        return (List<?>) page.evaluate(OUTSIDE);
    }

    private static List<?> tooSmall(Page page) {
        return (List<?>) page.evaluate(TOO_SMALL);
    }
}
