package io.github.totpguard.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.SoftKey;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.KeyPage;
import io.github.totpguard.harness.page.LoginPage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The security keys that other tests use work with Keycloak alone. */
@ExtendWith({KeycloakExtension.class, BrowserExtension.class})
@DisplayName("The tests' security keys")
final class WebAuthnSupportIT {
    private static final String FLOW = "browser with keys";
    private static final String KEY = "webauthn-authenticator";
    private static final String REGISTER = "webauthn-register";

    private final SoftKey key = new SoftKey();

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ALTERNATIVE", "REQUIRED"})
    @DisplayName(
            "a key from the user's representation logs in after the password, repeatedly, and a forged key does not")
    void secondFactor(String requirement, Realms realms) {
        TestRealm realm = realm(realms, requirement);
        String bob = realm.addUser(bobWith(key.secondFactor("my key")));

        HttpLogin login = afterPassword(OidcLogin.to(realm));
        assertThat(key.forged().answer(login)).isNotEqualTo(Outcome.LOGGED_IN);
        assertThat(key.answer(afterPassword(OidcLogin.to(realm)))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(SoftKey.giveUp(afterPassword(OidcLogin.to(realm)))).isNotEqualTo(Outcome.LOGGED_IN);
        assertThat(key.answer(afterPassword(OidcLogin.to(realm)))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(data(realm, bob, "webauthn")).containsEntry("counter", 2);
    }

    @Test
    @DisplayName("a sign counter that does not increase is refused")
    void counter(Realms realms) {
        TestRealm realm = realm(realms, "REQUIRED");
        realm.addUser(bobWith(key.secondFactor("my key")));
        SoftKey clone = key.cloned();
        assertThat(key.answer(afterPassword(OidcLogin.to(realm)))).isEqualTo(Outcome.LOGGED_IN);
        assertThat(clone.answer(afterPassword(OidcLogin.to(realm)))).isNotEqualTo(Outcome.LOGGED_IN);
    }

    @Test
    @DisplayName("a passkey from the user's representation logs in without user name and password")
    void passkey(Realms realms) {
        TestRealm realm =
                realms.plain("keys").then(WebAuthnSupportIT::bindPasskeys).create();
        String bob = realm.addUser(bobWith(key.passkey("my passkey")));

        OidcLogin request = OidcLogin.to(realm);
        HttpLogin login = HttpLogin.open(request);
        assertThat(key.of(bob).answer(login)).isEqualTo(Outcome.LOGGED_IN);
        assertThat(request.claims(login.callback()).getSubject().getValue()).isEqualTo(bob);
    }

    @Test
    @DisplayName("a key that was registered by kc_action=webauthn-register logs in after the password")
    void register(Realms realms) {
        TestRealm realm = realm(realms, "ALTERNATIVE");
        String bob = realm.addUser("bob");

        HttpLogin registration = afterPassword(OidcLogin.to(realm).with("kc_action", REGISTER));
        assertThat(key.register(registration, "new key")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(registration.callback().getQuery()).contains("kc_action_status=success");
        assertThat(realm.credentials(bob, "webauthn"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.getUserLabel()).isEqualTo("new key"));
        assertThat(key.answer(afterPassword(OidcLogin.to(realm)))).isEqualTo(Outcome.LOGGED_IN);
    }

    @ParameterizedTest(name = "built in: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("Chromium registers its own key and logs in with it, and no longer does without it")
    void chromium(boolean builtIn, Realms realms, TestBrowser browser) {
        TestRealm realm = realm(realms, "ALTERNATIVE");
        String bob = realm.addUser("bob");
        BrowserWindow window = browser.open();
        VirtualAuthenticator virtual =
                builtIn ? VirtualAuthenticator.builtInto(window) : VirtualAuthenticator.plugInto(window);

        OidcLogin registration = OidcLogin.atLocalhost(realm).with("kc_action", REGISTER);
        new LoginPage(window.go(registration).page()).logIn("bob");
        new KeyPage(window.page()).register("Chromium's key");
        assertThat(registration.actionStatus()).contains("success");
        window.awaitApplication(registration);
        assertThat(virtual.credentials()).isEqualTo(1);
        assertThat(realm.credentials(bob, "webauthn"))
                .singleElement()
                .satisfies(stored -> assertThat(stored.getUserLabel()).isEqualTo("Chromium's key"));

        OidcLogin login = OidcLogin.atLocalhost(realm).with("prompt", "login");
        new LoginPage(window.go(login).page()).password("bob");
        new KeyPage(window.page()).use();
        assertThat(login.claims().getSubject().getValue()).isEqualTo(bob);
        window.awaitApplication(login);

        virtual.removeCredentials();
        OidcLogin without = OidcLogin.atLocalhost(realm).with("prompt", "login");
        new LoginPage(window.go(without).page()).password("bob");
        new KeyPage(window.page()).use();
        window.page().locator("#kc-try-again").waitFor();
        assertThat(without.hasArrived()).isFalse();
    }

    private static TestRealm realm(Realms realms, String requirement) {
        return realms.plain("keys")
                .then(realm -> {
                    Flows flows = realm.flows();
                    flows.copy("browser", FLOW);
                    flows.require(FLOW, flows.execution(FLOW, KEY).getId(), requirement);
                    flows.bindBrowser(FLOW);
                })
                .create();
    }

    private static void bindPasskeys(TestRealm realm) {
        realm.admin()
                .create(
                        realm.path("/authentication/flows"),
                        Map.of("alias", FLOW, "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        realm.flows().add(FLOW, "webauthn-authenticator-passwordless", "REQUIRED");
        realm.flows().bindBrowser(FLOW);
    }

    private static UserRepresentation bobWith(CredentialRepresentation credential) {
        UserRepresentation bob = People.person("bob");
        bob.setCredentials(List.of(People.password("bob"), credential));
        return bob;
    }

    private static HttpLogin afterPassword(OidcLogin request) {
        HttpLogin login = HttpLogin.open(request);
        assertThat(login.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        return login;
    }

    private static Map<String, Object> data(TestRealm realm, String user, String type) {
        CredentialRepresentation stored = realm.credentials(user, type).get(0);
        return AdminApi.JSON.convertValue(AdminApi.parse(stored.getCredentialData()), new TypeReference<>() {});
    }
}
