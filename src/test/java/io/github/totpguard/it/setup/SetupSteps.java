package io.github.totpguard.it.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The steps of a set-up, over HTTP and in the browser, and assertions on its pages and on the database. */
final class SetupSteps {
    static final String OLD_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private SetupSteps() {}

    static void languages(RealmRepresentation settings, String... languages) {
        settings.setInternationalizationEnabled(true);
        settings.setSupportedLocales(Set.of(languages));
        settings.setDefaultLocale("en");
    }

    static String addBob(TestRealm realm) {
        return realm.addUserWithPlaintextOtp("bob", "Bob's old phone", OLD_SECRET);
    }

    static SetupPage setupOf(BrowserWindow window, String username) {
        new LoginPage(window.page()).logIn(username);
        return new SetupPage(window.page()).await();
    }

    static HttpLogin atSetup(TestRealm realm, String username) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        assertThat(login.postPassword(username, username)).isEqualTo(Outcome.OTHER_PAGE);
        return login;
    }

    static HttpLogin atSetupWithProof(TestRealm realm, String username, String code) {
        HttpLogin login = HttpLogin.open(OidcLogin.to(realm).with("kc_action", Realms.SETUP_ACTION));
        assertThat(login.postPassword(username, username)).isEqualTo(Outcome.CODE_PAGE);
        assertThat(login.postOtp(code)).isEqualTo(Outcome.OTHER_PAGE);
        return login;
    }

    static Outcome confirm(HttpLogin login, String code, String label) {
        return login.post("code", Map.of("code", code, "label", label));
    }

    static List<String> labels(TestRealm realm, String userId) {
        return realm.credentials(userId, "otp").stream()
                .map(CredentialRepresentation::getUserLabel)
                .toList();
    }

    static String secretOf(String uri) {
        return parameter(uri, "secret");
    }

    /** Decodes as apps do: only percent signs are special. */
    static String parameter(String uri, String name) {
        return Stream.of(URI.create(uri).getRawQuery().split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(name.length() + 1).replace("+", "%2B"))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    /** Compares secrets without printing them in a message. */
    static void assertSame(String actual, String expected) {
        assertThat(actual.equals(expected)).as("the same secret").isTrue();
    }
}
