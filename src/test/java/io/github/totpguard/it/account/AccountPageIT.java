package io.github.totpguard.it.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.totpguard.harness.BackupCodes;
import io.github.totpguard.harness.BoundFlows;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Look;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PageReview;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.SoftKey;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.FactorsPage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The page of the user's own second factors in a browser, its REST, and the actions that it requests. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("The page of one's own second factors")
final class AccountPageIT {
    private static final String KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String OTHER_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String FACTORS = "account/factors";
    private static final Duration STEP = Duration.ofSeconds(30);

    private final PhoneApp phone = PhoneApp.type(KEY);

    @Test
    @Tag("S22")
    @DisplayName("a user sees the devices and attempts, renames, replaces, removes and adds a device, and gets backup "
            + "codes; the page says what happened")
    void wholeTask(Realms realms, TestBrowser browser, TestClock clock) {
        TestRealm realm = realm(realms).policy("backupCodesOnSetup", false).create();
        realm.registerRequiredAction(BackupCodes.ACTION, "Make backup codes");
        String alice = realm.addUserWithPlaintextOtp("alice", "Blue phone", KEY);
        BrowserWindow window = signIn(browser, realm, "alice", phone.code(clock), Look.USUAL);
        Page page = window.page();
        FactorsPage factors = new FactorsPage(page).await();
        assertThat(factors.rows("device")).singleElement().asString().contains("Blue phone", "Added", "Last used");
        assertThat(factors.rows("attempt")).singleElement().asString().contains("Signed in", "Blue phone", "127.0.0.1");
        assertThat(factors.links()).isEmpty();
        assertThat(page.url()).doesNotContain("code=", "state=");
        assertThat(page.locator("body").innerText())
                .doesNotContain(alice, realm.credentials(alice, "otp").get(0).getId());

        factors.press("Rename Blue phone");
        page.locator("input[name^=label-]").waitFor();
        assertThat(page.locator("h1").first().innerText()).isEqualTo("Rename Blue phone");
        page.locator("input[name^=label-]").fill("Green phone");
        page.click("#totp-guard-save");
        assertThat(factors.await().notice()).isEqualTo("Your device has been renamed.");
        assertThat(factors.names("device")).containsExactly("Green phone");

        factors.press("Replace Green phone");
        SetupPage setup = new SetupPage(page).await();
        assertThat(setup.replaced()).containsExactly("Green phone");
        setup.cancelReplacement();
        assertThat(factors.await().notice()).isEqualTo("Nothing was changed.");
        assertThat(factors.names("device")).containsExactly("Green phone");
        factors.press("Replace Green phone");
        PhoneApp second = PhoneApp.scan(setup.await().uriFromLink());
        setup.enter(second.code(clock), "New phone");
        assertThat(factors.await().notice()).startsWith("Your device has been replaced.");
        assertThat(factors.names("device")).containsExactly("New phone");

        factors.add();
        PhoneApp third = PhoneApp.scan(setup.await().uriFromLink());
        assertThat(setup.replaced()).isEmpty();
        setup.enter(third.code(clock), "Tablet");
        assertThat(factors.await().notice()).isEqualTo("Your device is set up.");
        assertThat(factors.names("device")).containsExactly("New phone", "Tablet");

        factors.press("Remove Tablet");
        page.locator("#kc-accept").click();
        assertThat(factors.await().notice()).isEqualTo("Tablet has been removed.");
        assertThat(factors.names("device")).containsExactly("New phone");

        factors.makeCodes();
        page.check("#saved");
        page.click("#totp-guard-submit");
        assertThat(factors.await().notice()).startsWith("Your new backup codes are ready.");
        assertThat(factors.names("code")).containsExactly("Codes left: 10");
        assertThat(factors.rows("attempt"))
                .anyMatch(row -> row.contains("Added") && row.contains("Tablet"))
                .anyMatch(row -> row.contains("Removed") && row.contains("Green phone"));
        assertThat(window.problems()).isEmpty();

        // Another tab's session has ended; the page says so at the next reading.
        realm.logOut(alice);
        page.evaluate(
                "performance.now = () => Number.MAX_SAFE_INTEGER; document.dispatchEvent(new Event('visibilitychange'))");
        page.getByText("Your session has ended").first().waitFor();
        assertThat(factors.names("device")).isEmpty();
    }

    @Test
    @Tag("S22")
    @Tag("S19")
    @DisplayName(
            "one device is renamed or replaced only after a proof, and only by its user; ids of others are refused")
    void requests(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).then(BoundFlows::passwordOnly).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "Bob's phone", KEY);
        String carol = realm.addUserWithPlaintextOtp("carol", "Carol's phone", OTHER_KEY);
        String ofBob = realm.credentials(bob, "otp").get(0).getId();
        String ofCarol = realm.credentials(carol, "otp").get(0).getId();
        String password = realm.credentials(bob, "password").get(0).getId();

        for (String verb : List.of("rename", "replace")) {
            for (String id : List.of(ofCarol, password, "none", "", ofBob + " ", ofBob + "/" + ofBob)) {
                HttpLogin login = request(realm, "bob", verb + "/" + id);
                assertThat(login.outcome()).as(verb + "/" + id).isEqualTo(Outcome.LOGGED_IN);
                assertThat(login.callback().getQuery()).contains("kc_action_status=error");
            }
            assertThat(realm.events(EventType.UPDATE_CREDENTIAL_ERROR).get(0).getError())
                    .isEqualTo("credential_not_found");
            HttpLogin login = request(realm, "bob", verb + "/" + ofBob);
            assertThat(login.outcome()).isEqualTo(Outcome.CODE_PAGE);
            assertThat(login.body()).contains("totp-guard-prove-form").doesNotContain("totp-guard-qr");
            assertThat(login.postOtp(phone.wrongCode(clock))).isEqualTo(Outcome.CODE_PAGE);
        }
        HttpLogin login = request(realm, "bob", "replace/" + ofBob);
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.body()).contains("totp-guard-replaces", "Bob&#39;s phone");
        assertThat(login.post("code", Map.of("code", PhoneApp.scan(login).code(clock), "label", "New")))
                .isEqualTo(Outcome.LOGGED_IN);
        assertThat(login.callback().getQuery()).contains("kc_action_status=success");
        assertThat(labels(realm, bob)).containsExactly("New");
        assertThat(labels(realm, carol)).containsExactly("Carol's phone");
    }

    @Test
    @Tag("S22")
    @DisplayName("a refused or answered request for a rename does not skip set-up that an administrator demands")
    void demandedSetUp(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms).then(BoundFlows::passwordOnly).create();
        String bob = realm.addUserWithPlaintextOtp("bob", "Bob's phone", KEY);
        String device = realm.credentials(bob, "otp").get(0).getId();
        realm.changeUser(bob, user -> user.setRequiredActions(List.of(Realms.SETUP_ACTION)));

        HttpLogin refused = request(realm, "bob", "rename/none");
        assertThat(refused.outcome()).isEqualTo(Outcome.CODE_PAGE);
        assertThat(refused.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(refused.body()).contains("totp-guard-qr");

        clock.advance(STEP);
        HttpLogin renamed = request(realm, "bob", "rename/" + device);
        assertThat(renamed.postOtp(phone.code(clock))).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(renamed.post("label-" + device, Map.of("label-" + device, "Mine", "save", "true")))
                .isEqualTo(Outcome.OTHER_PAGE);
        assertThat(renamed.body()).contains("totp-guard-qr");
        assertThat(labels(realm, bob)).containsExactly("Mine");
        assertThat(realm.user(bob).getRequiredActions()).containsExactly(Realms.SETUP_ACTION);
    }

    @Test
    @Tag("S18")
    @DisplayName(
            "the data need a token for this page, are the user's own, hold no secret, and list at most 20 attempts")
    void rest(Realms realms, TestClock clock) {
        TestRealm realm = realm(realms)
                .settings(AccountPageIT::letCall)
                .policy("maxFailures", 30)
                .create();
        String alice = realm.addUserWithPlaintextOtp("alice", "Blue phone", KEY);
        realm.addUser("bert");
        VaultApi nobody = VaultApi.withoutToken(realm);
        assertThat(VaultApi.error(nobody.get(FACTORS))).isEqualTo("401 unauthorized");
        assertThat(nobody.call("OPTIONS", FACTORS, null).statusCode()).isEqualTo(200);
        assertThat(nobody.get("accounts").statusCode()).as("the vault is off").isEqualTo(404);

        phone.wrongCodes(clock, 22).forEach(code -> realm.tokens().grant("alice", Map.of("otp", code)));
        VaultApi api = VaultApi.withToken(realm, realm.accessToken("alice", phone.code(clock)));
        JsonNode answer = VaultApi.body(api.get(FACTORS));
        assertThat(answer.path("devices")).hasSize(1);
        JsonNode device = answer.path("devices").get(0);
        assertThat(device.path("label").asText()).isEqualTo("Blue phone");
        assertThat(device.path("lastUsed").asLong())
                .isBetween(clock.now().getEpochSecond() - 60, clock.now().getEpochSecond() + 60);
        assertThat(answer.path("attempts")).hasSize(20);
        assertThat(answer.path("attempts").get(0).path("event").asText()).isEqualTo("signed_in");
        assertThat(answer.path("attempts").get(1).path("event").asText()).isEqualTo("sign_in_refused");
        assertThat(answer.path("attempts").get(1).path("reason").asText()).isEqualTo("mismatch");
        assertThat(answer.path("vault").asBoolean()).isFalse();
        assertThat(answer.toString())
                .doesNotContain(KEY, "secretData", "hash", "@", phone.code(clock))
                .doesNotContain(alice);
        assertThat(api.get(FACTORS).headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(api.header("Origin", "https://evil.example").get(FACTORS).statusCode())
                .isEqualTo(403);

        VaultApi other = VaultApi.withPassword(realm, "bert");
        assertThat(VaultApi.body(other.get(FACTORS)).path("devices")).isEmpty();
        assertThat(VaultApi.body(other.get(FACTORS)).toString()).doesNotContain("Blue phone");

        realm.change(settings -> settings.setEventsEnabled(false));
        JsonNode unrecorded = VaultApi.body(api.get(FACTORS));
        assertThat(unrecorded.path("attemptsRecorded").asBoolean()).isFalse();
        assertThat(unrecorded.path("attempts")).isEmpty();
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        assertThat(api.get(FACTORS).statusCode()).isEqualTo(404);

        TestRealm without = realms.guarded("noaudience").create();
        without.addUser("bert");
        assertThat(VaultApi.error(VaultApi.withPassword(without, "bert").get(FACTORS)))
                .as("another audience")
                .isEqualTo("401 unauthorized");
        assertThat(without.admin()
                        .post(without.path("/totp-guard/setup/account"), Map.of())
                        .path("account")
                        .asText())
                .isEqualTo("created");
        assertThat(without.admin()
                        .post(without.path("/totp-guard/setup/account"), Map.of())
                        .path("account")
                        .asText())
                .isEqualTo("present");
    }

    @Test
    @Tag("W2")
    @DisplayName("axe finds no violation in light, dark, narrow, German and right-to-left pages, for a user with "
            + "everything and for one with nothing; the vault is a tab")
    void looks(Realms realms, TestBrowser browser, TestClock clock) {
        TestRealm realm = realm(realms)
                .policy("vaultEnabled", true)
                .policy("trustedBrowserDays", 30)
                .policy("helpContact", "help@example.org")
                .then(BoundFlows::trustedBrowser)
                .create();
        realm.registerRequiredAction(BackupCodes.ACTION, "Make backup codes");
        realm.admin().post(realm.path("/totp-guard/setup"), Map.of());
        UserRepresentation person = People.person("lena");
        List<CredentialRepresentation> all = new ArrayList<>(List.of(
                People.password("lena"),
                People.plaintextOtp("Blue phone", KEY),
                People.plaintextOtp("A phone with a name that is rather long, as long as it may be", OTHER_KEY),
                BackupCodes.ofKeycloak(List.of("ABCDEFGH1234"))));
        all.add(new SoftKey().secondFactor("Key on the ring"));
        person.setCredentials(all);
        String lena = realm.addUser(person);
        VaultApi.giveRole(realm, lena);

        BrowserWindow window = browser.open();
        Page page = window.page();
        page.navigate(account(realm));
        new LoginPage(page).logIn("lena");
        CodePage code = new CodePage(page).await();
        code.enter(phone.wrongCode(clock));
        code.awaitRefusal();
        code.trustBrowser().check();
        code.enter(phone.code(clock));
        FactorsPage factors = new FactorsPage(page).await();
        assertThat(factors.links()).containsExactly("Second factors", "Authenticator vault");
        assertThat(factors.names("key")).containsExactly("Key on the ring");
        assertThat(factors.rows("browser"))
                .singleElement()
                .asString()
                .contains("Last used", "127.0.0.1", "Trusted until");
        assertThat(factors.rows("attempt").get(1)).contains("Sign-in refused", "Wrong code");
        assertThat(factors.aboutAttempts()).contains("help@example.org");
        PageReview.of(window, "account");
        page.evaluate("document.documentElement.dir = 'rtl'");
        PageReview.of(window, "account-rtl");
        page.evaluate("document.documentElement.dir = 'ltr'");
        page.locator("#pages a").last().click();
        page.locator("#search").waitFor();
        page.locator(".pages a").first().click();
        factors.await();
        page.click("#sign-out");
        page.getByText("You are signed out").first().waitFor();
        PageReview.of(window, "account-signed-out");
        assertThat(factors.names("device")).isEmpty();
        assertThat(window.problems()).isEmpty();

        realm.flows().bindBrowser("browser");
        realm.change(settings -> settings.setEventsEnabled(false));
        realm.addUser("dora");
        BrowserWindow german = browser.open(Look.USUAL.in("de").narrow());
        german.page().navigate(account(realm));
        new LoginPage(german.page()).logIn("dora");
        FactorsPage empty = new FactorsPage(german.page()).await();
        german.page().getByText("Richten Sie zuerst eine Authenticator-App ein").waitFor();
        assertThat(empty.aboutAttempts()).contains("Versuche werden nicht aufgezeichnet", "help@example.org");
        PageReview.of(german, "account-empty-de");
        empty.setUpFirst();
        SetupPage setup = new SetupPage(german.page()).await();
        setup.enter(PhoneApp.scan(setup.uriFromLink()).code(clock), "Telefon");
        german.page().locator("#saved, #device-list > li").first().waitFor();
        if (german.page().locator("#saved").count() > 0) {
            german.page().check("#saved");
            german.page().click("#totp-guard-submit");
        }
        assertThat(empty.await().notice()).isEqualTo("Ihr Gerät ist eingerichtet.");
        assertThat(empty.names("device")).containsExactly("Telefon");
        assertThat(german.problems()).isEmpty();
    }

    private static Realms.Builder realm(Realms realms) {
        return realms.guarded("account")
                .settings(settings -> {
                    settings.setInternationalizationEnabled(true);
                    settings.setSupportedLocales(Set.of("en", "de"));
                    settings.setDefaultLocale("en");
                })
                .then(made -> made.admin().post(made.path("/totp-guard/setup/account"), Map.of()));
    }

    /** Lets the tests' client call the page's REST. */
    private static void letCall(RealmRepresentation settings) {
        ProtocolMapperRepresentation audience = new ProtocolMapperRepresentation();
        audience.setName("account page");
        audience.setProtocol("openid-connect");
        audience.setProtocolMapper("oidc-audience-mapper");
        audience.setConfig(Map.of("included.custom.audience", "totp-guard-account", "access.token.claim", "true"));
        settings.getClients().forEach(client -> {
            client.setProtocolMappers(new ArrayList<>(client.getProtocolMappers()));
            client.getProtocolMappers().add(audience);
        });
    }

    private static HttpLogin request(TestRealm realm, String username, String parameter) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION + ":" + parameter));
        login.postPassword(username, username);
        return login;
    }

    private static BrowserWindow signIn(TestBrowser browser, TestRealm realm, String username, String code, Look look) {
        BrowserWindow window = browser.open(look);
        window.page().navigate(account(realm));
        new LoginPage(window.page()).logIn(username);
        new CodePage(window.page()).enter(code);
        return window;
    }

    private static List<String> labels(TestRealm realm, String user) {
        return realm.credentials(user, "otp").stream()
                .map(CredentialRepresentation::getUserLabel)
                .toList();
    }

    private static String account(TestRealm realm) {
        return realm.uri() + "/totp-guard/account";
    }
}
