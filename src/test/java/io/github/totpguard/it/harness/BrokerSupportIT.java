package io.github.totpguard.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.IdentityProvider;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.People;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestRealm;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The identity provider that other tests use works with Keycloak alone. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("The tests' identity provider")
final class BrokerSupportIT {

    private TestRealm realm;
    private IdentityProvider provider;

    @BeforeEach
    void makeRealms(Realms realms) {
        realm = realms.plain("brokered").create();
        provider = IdentityProvider.of(realm, realms);
    }

    @Test
    @DisplayName("a linked user logs in through it, by kc_idp_hint and by the login page's button")
    void login() {
        UserRepresentation person = People.person("bob");
        person.setFederatedIdentities(List.of(provider.addUser("robert")));
        String bob = realm.addUser(person);

        HttpLogin hinted = HttpLogin.open(provider.login());
        assertThat(hinted.page().getPath()).startsWith(provider.partner().uri().getPath());
        assertThat(hinted.postPassword("robert", "not his")).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(hinted.postPassword("robert", "robert")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(subject(hinted)).isEqualTo(bob);

        HttpLogin chosen = HttpLogin.open(OidcLogin.to(realm));
        assertThat(chosen.click("social-" + IdentityProvider.ALIAS)).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(chosen.postPassword("robert", "robert")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(subject(chosen)).isEqualTo(bob);
    }

    @Test
    @DisplayName("kc_action=idp_link links a user, who can then log in through it")
    void linkByAction() {
        String bob = realm.addUser("bob");
        provider.addUser("robert");

        HttpLogin linking = HttpLogin.open(provider.linking());
        assertThat(linking.postPassword("bob", "bob")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(IdentityProvider.confirmLinking(linking)).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(linking.postPassword("robert", "robert")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(linking.callback().getQuery()).contains("kc_action_status=success");
        assertLinked(bob);

        HttpLogin login = HttpLogin.open(provider.login());
        assertThat(login.postPassword("robert", "robert")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(subject(login)).isEqualTo(bob);
    }

    @Test
    @DisplayName("the deprecated address of the account REST links a user")
    void linkByAccountRest() {
        String bob = realm.addUser("bob");
        provider.addUser("robert");

        HttpLogin browser = HttpLogin.open(provider.accountLogin());
        assertThat(browser.postPassword("bob", "bob")).isEqualTo(Outcome.LOGGED_IN);
        HttpResponse<String> answer = provider.linkOfAccount(browser.login().accessToken(browser.callback()));
        assertThat(answer.statusCode()).isEqualTo(200);
        URI address =
                URI.create(AdminApi.parse(answer.body()).path("accountLinkUri").asText());
        assertThat(browser.go(address)).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(browser.postPassword("robert", "robert")).isEqualTo(Outcome.AT_APPLICATION);
        assertLinked(bob);
    }

    @Test
    @DisplayName("the legacy address links a user only in the browser of the session")
    void linkByLegacyAddress() {
        String bob = realm.addUser("bob");
        provider.addUser("robert");

        HttpLogin browser = HttpLogin.open(OidcLogin.to(realm));
        assertThat(browser.postPassword("bob", "bob")).isEqualTo(Outcome.LOGGED_IN);
        URI address = provider.legacyLink(sessionId(browser));
        HttpLogin other = HttpLogin.open(OidcLogin.to(realm));
        assertThat(other.go(address)).isEqualTo(Outcome.ERROR_PAGE);
        assertThat(other.callback().getQuery()).contains("link_error=not_logged_in");
        assertThat(browser.go(address)).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(browser.postPassword("robert", "robert")).isEqualTo(Outcome.AT_APPLICATION);
        assertLinked(bob);
    }

    @Test
    @DisplayName("the first login through it finds an account of the same name, and links it after its password")
    void firstLogin() {
        String robert = realm.addUser("robert");
        provider.addUser("robert");

        HttpLogin login = HttpLogin.open(provider.login());
        assertThat(login.postPassword("robert", "robert")).isEqualTo(Outcome.OTHER_PAGE);
        assertThat(login.post("submitAction", Map.of("submitAction", "linkAccount")))
                .isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(login.page().getPath()).startsWith(realm.uri().getPath());
        assertThat(login.postPassword("robert", "robert")).isEqualTo(Outcome.LOGGED_IN);
        assertThat(subject(login)).isEqualTo(robert);
        assertLinked(robert);
    }

    @Test
    @DisplayName("the first login through it creates a new account; a provider that is switched off is not offered")
    void newAccount() {
        provider.addUser("robert");
        HttpLogin login = HttpLogin.open(provider.login());
        assertThat(login.postPassword("robert", "robert")).isEqualTo(Outcome.LOGGED_IN);
        assertLinked(subject(login));

        provider.change(settings -> settings.setEnabled(false));
        HttpLogin without = HttpLogin.open(provider.login());
        assertThat(without.outcome()).isEqualTo(Outcome.PASSWORD_PAGE);
        assertThat(without.page().getPath()).startsWith(realm.uri().getPath());
    }

    private void assertLinked(String user) {
        assertThat(provider.links(user))
                .singleElement()
                .extracting(FederatedIdentityRepresentation::getUserName)
                .isEqualTo("robert");
    }

    private static String subject(HttpLogin login) {
        return login.login().claims(login.callback()).getSubject().getValue();
    }

    private static String sessionId(HttpLogin login) {
        IDTokenClaimsSet claims = login.login().claims(login.callback());
        return claims.getStringClaim("sid");
    }
}
