package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpBrowser;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.EventRepresentation;

/** Sharing the codes of an account with other users, and transferring accounts. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Sharing in the vault")
final class VaultSharingIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String ACME = "otpauth://totp/Acme:team?secret=" + SECRET + "&issuer=Acme";
    private static final String HOTP = "otpauth://hotp/Bank:team?secret=" + SECRET + "&issuer=Bank&counter=0";

    private static TestRealm realm;

    @BeforeAll
    static void realm(Realms realms) {
        realm = VaultApi.withoutSecondFactor(realms).create();
    }

    private static VaultPerson person() {
        return VaultPerson.in(realm);
    }

    private static HttpResponse<String> share(VaultPerson owner, String account, Map<String, String> with) {
        return owner.api().post("accounts/" + account + "/shares", with);
    }

    @Test
    @DisplayName("a user reads the codes of a shared account, with its owner's name, until the share ends, and can "
            + "do nothing else with it")
    void user(Database database) {
        VaultPerson alice = person();
        VaultPerson bob = person();
        String id = alice.api().add(ACME);
        alice.api().patch("accounts/" + id, Map.of("group", "Private", "pinned", true));
        HttpResponse<String> shared = share(alice, id, Map.of("username", bob.name()));
        assertThat(shared.statusCode()).isEqualTo(201);
        String share = VaultApi.body(shared).path("id").asText();
        assertThat(VaultApi.body(share(alice, id, Map.of("username", bob.name())))
                        .path("id")
                        .asText())
                .as("twice is once")
                .isEqualTo(share);

        JsonNode seen =
                bob.api().list("?search=" + alice.name()).path("accounts").path(0);
        assertThat(seen.path("id").asText()).isEqualTo(id);
        assertThat(seen.path("owner").asText()).isEqualTo(alice.name());
        assertThat(seen.path("shared").asBoolean()).isTrue();
        assertThat(seen.path("group").isNull()).isTrue();
        assertThat(seen.path("pinned").asBoolean()).isFalse();
        assertThat(bob.api().code(id)).hasSize(6);
        assertThat(VaultApi.body(bob.api().get(VaultApi.tokens(id, bob.api().add(ACME))))
                        .path("tokens")
                        .findValuesAsText("token"))
                .hasSize(2);

        for (HttpResponse<String> refused : List.of(
                bob.api().patch("accounts/" + id, Map.of("account", "mine")),
                bob.api().delete("accounts/" + id),
                bob.api().get("accounts/" + id + "/shares"),
                share(bob, id, Map.of("username", person().name())),
                bob.api().delete("accounts/" + id + "/shares/" + share),
                bob.api().post("accounts/" + id + "/transfer", Map.of("username", bob.name())))) {
            assertThat(VaultApi.error(refused)).isEqualTo("403 forbidden");
        }
        assertThat(person().api().get("tokens?id=" + id).statusCode()).isEqualTo(404);

        JsonNode shares =
                VaultApi.body(alice.api().get("accounts/" + id + "/shares")).path("shares");
        assertThat(shares).hasSize(1);
        assertThat(shares.path(0).path("username").asText()).isEqualTo(bob.name());
        assertThat(alice.api().delete("accounts/" + id + "/shares/" + share).statusCode())
                .isEqualTo(204);
        assertThat(VaultApi.error(bob.api().get("tokens?id=" + id))).isEqualTo("404 not_found");
        assertThat(bob.api().ids()).hasSize(1).doesNotContain(id);

        share(alice, id, Map.of("username", bob.name()));
        alice.api().delete("accounts/" + id);
        assertThat(bob.api().ids()).hasSize(1);
        assertThat(rows(database, alice)).isZero();
    }

    @Test
    @DisplayName("members of a group and its subgroups read until they leave the group or it is removed")
    void group(Database database) {
        VaultPerson alice = person();
        VaultPerson bob = person();
        String team = realm.admin().create(realm.path("/groups"), Map.of("name", "team"));
        String below = realm.admin().create(realm.path("/groups/" + team + "/children"), Map.of("name", "night"));
        String id = alice.api().add(ACME);
        assertThat(VaultApi.error(share(alice, id, Map.of("group", "/team"))))
                .as("a group that she is not in")
                .isEqualTo("404 recipient_not_found");
        join(alice, team);
        assertThat(share(alice, id, Map.of("group", "/team")).statusCode()).isEqualTo(201);
        assertThat(bob.api().get("tokens?id=" + id).statusCode()).isEqualTo(404);
        join(bob, below);
        assertThat(bob.api().code(id)).hasSize(6);
        assertThat(alice.api().ids()).as("her own, once").containsExactly(id);
        assertThat(VaultApi.body(alice.api().get("accounts/" + id + "/shares"))
                        .path("shares")
                        .path(0)
                        .path("group")
                        .asText())
                .isEqualTo("/team");
        realm.admin().delete(realm.path("/users/" + bob.id() + "/groups/" + below));
        assertThat(bob.api().get("tokens?id=" + id).statusCode()).isEqualTo(404);
        join(bob, team);
        assertThat(bob.api().code(id)).hasSize(6);
        realm.admin().delete(realm.path("/groups/" + team));
        assertThat(bob.api().get("tokens?id=" + id).statusCode()).isEqualTo(404);
        assertThat(rows(database, alice)).isZero();
    }

    private static void join(VaultPerson person, String group) {
        realm.admin().put(realm.path("/users/" + person.id() + "/groups/" + group), Map.of());
    }

    @Test
    @Tag("S35")
    @DisplayName("20 parallel readers of a shared counter account get 20 different codes from the owner's counter")
    void counter() {
        VaultPerson alice = person();
        VaultPerson bob = person();
        String id = alice.api().add(HOTP);
        share(alice, id, Map.of("username", bob.name()));
        assertThat(AtOnce.run(20, i -> (i % 2 == 0 ? alice : bob).api().code(id)))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20)
                        .mapToObj(PhoneApp.type(SECRET)::codeOfCounter)
                        .toList());
    }

    @Test
    @Tag("S33")
    @DisplayName("an unknown name, a user without the role, a disabled user and the own name get the same answer, "
            + "and after ten tries a rate limit applies")
    void recipients() {
        VaultPerson alice = person();
        String id = alice.api().add(ACME);
        realm.addUser("withoutrole");
        VaultPerson gone = person();
        realm.changeUser(gone.id(), user -> user.setEnabled(false));
        String unknown = share(alice, id, Map.of("username", "nobody at all")).body();
        for (Map<String, String> with : List.of(
                Map.of("username", "withoutrole"),
                Map.of("username", gone.name()),
                Map.of("username", alice.name()),
                Map.of("group", "/nowhere"),
                Map.<String, String>of())) {
            HttpResponse<String> answer = share(alice, id, with);
            assertThat(VaultApi.error(answer)).isEqualTo("404 recipient_not_found");
            assertThat(answer.body()).isEqualTo(unknown);
        }
        HttpResponse<String> moved =
                alice.api().post("accounts/" + id + "/transfer", Map.of("username", "withoutrole"));
        assertThat(moved.body()).isEqualTo(unknown);
        IntStream.range(0, 3).forEach(i -> share(alice, id, Map.of("username", "guess" + i)));
        HttpResponse<String> refused = share(alice, id, Map.of("username", person().name()));
        assertThat(VaultApi.error(refused)).isEqualTo("429 rate_limited");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 6L);
        assertThat(realm.events(EventType.CUSTOM_REQUIRED_ACTION_ERROR).stream()
                        .filter(event -> alice.id().equals(event.getUserId()))
                        .map(EventRepresentation::getError))
                .hasSize(10)
                .containsOnly("totp_guard_vault_recipient_not_found");
    }

    @Test
    @DisplayName("a transferred account is sealed for the recipient, keeps its counter, and loses all its shares")
    void transfer(Database database) {
        VaultPerson alice = person();
        VaultPerson bob = person();
        VaultPerson carol = person();
        String id = alice.api().add(HOTP);
        share(alice, id, Map.of("username", carol.name()));
        alice.api().code(id);
        alice.api().code(id);
        HttpResponse<String> moved = alice.api().post("accounts/" + id + "/transfer", Map.of("username", bob.name()));
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(moved.body()).doesNotContain(SECRET);
        assertThat(alice.api().ids()).isEmpty();
        assertThat(carol.api().ids()).isEmpty();
        assertThat(alice.api().get("tokens?id=" + id).statusCode()).isEqualTo(404);
        List<String> ids = bob.api().ids();
        assertThat(ids).hasSize(1).doesNotContain(id);
        assertThat(bob.api().code(ids.get(0))).isEqualTo(PhoneApp.type(SECRET).codeOfCounter(2));
        assertThat(rows(database, alice)).isZero();
        assertThat(realm.events(EventType.CUSTOM_REQUIRED_ACTION).stream()
                        .filter(event -> "transferred".equals(event.getDetails().get("totp_guard_vault")))
                        .map(event -> event.getDetails().get("totp_guard_vault_recipient")))
                .contains(bob.id());
    }

    @Test
    @DisplayName(
            "a reader's event names reader, owner and account; shares are deleted with the user who gave or got them")
    void eventsAndRemoval(Database database) {
        VaultPerson alice = person();
        VaultPerson bob = person();
        VaultPerson carol = person();
        String id = alice.api().add(ACME);
        share(alice, id, Map.of("username", bob.name()));
        share(alice, id, Map.of("username", carol.name()));
        bob.api().code(id);
        EventRepresentation read = realm.events(EventType.CUSTOM_REQUIRED_ACTION).stream()
                .filter(event -> bob.id().equals(event.getUserId()))
                .findFirst()
                .orElseThrow();
        assertThat(read.getDetails())
                .containsEntry("totp_guard_vault", "read")
                .containsEntry("totp_guard_vault_account", id)
                .containsEntry("totp_guard_vault_owner", alice.id());
        assertThat(rows(database, alice)).isEqualTo(2);
        realm.deleteUser(bob.id());
        assertThat(rows(database, alice)).isEqualTo(1);
        realm.deleteUser(alice.id());
        assertThat(rows(database, alice)).isZero();
        assertThat(carol.api().ids()).isEmpty();
    }

    @Test
    @Tag("S22")
    @DisplayName("a trusted browser is enough to read codes, but not to share; a login with a code is, and allows "
            + "exports for 5 minutes")
    void trustedBrowser(Realms realms, TestClock clock) {
        TestRealm guarded = VaultApi.realm(realms.guarded("vaulttrust").then(VaultSharingIT::trustFirst))
                .policy("trustedBrowserDays", 30)
                // Longer than a proof is valid.
                .settings(settings -> settings.setAccessTokenLifespan(3600))
                .create();
        VaultApi.giveRole(guarded, guarded.addUserWithPlaintextOtp("bob", "phone", SECRET));
        VaultApi.addUser(guarded, "carol");
        PhoneApp phone = PhoneApp.type(SECRET);
        HttpBrowser browser = new HttpBrowser(HttpBrowser.FIREFOX);

        HttpLogin first = browser.open(OidcLogin.to(guarded));
        first.postPassword("bob", "bob");
        assertThat(first.post("otp", Map.of("otp", phone.code(clock), "trustBrowser", "true")))
                .isEqualTo(Outcome.LOGGED_IN);
        VaultApi proved = VaultApi.withToken(guarded, first.login().accessToken(first.callback()));
        String id = proved.add(ACME);
        assertThat(proved.post("accounts/" + id + "/shares", Map.of("username", "carol"))
                        .statusCode())
                .isEqualTo(201);
        clock.advance(Duration.ofMinutes(1));

        HttpLogin second = browser.open(OidcLogin.to(guarded));
        assertThat(second.postPassword("bob", "bob")).isEqualTo(Outcome.LOGGED_IN);
        VaultApi trusted = VaultApi.withToken(guarded, second.login().accessToken(second.callback()));
        assertThat(trusted.code(id)).hasSize(6);
        for (String path : List.of("accounts/" + id + "/shares", "accounts/" + id + "/transfer")) {
            assertThat(VaultApi.error(trusted.post(path, Map.of("username", "carol"))))
                    .isEqualTo("403 second_factor_required");
        }

        assertThat(VaultApi.error(trusted.post("export", Map.of("format", "otpauth"))))
                .isEqualTo("403 second_factor_required");
        HttpResponse<String> file = proved.post("export", Map.of("format", "otpauth"));
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(file.headers().firstValue("Totp-Guard-Left-Out")).contains("0");
        assertThat(PhoneApp.scan(file.body().strip()).codeAt(clock.now())).isEqualTo(phone.codeAt(clock.now()));
        assertThat(VaultApi.error(proved.post("export", Map.of("format", "aegis", "password", "short"))))
                .isEqualTo("400 invalid_request");
        assertThat(proved.post("export", Map.of("format", "aegis", "password", "long enough"))
                        .body())
                .contains("\"slots\"")
                .doesNotContain(SECRET);
        clock.advance(Duration.ofMinutes(3).plusSeconds(30));
        assertThat(proved.post("export", Map.of("format", "otpauth")).statusCode())
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(VaultApi.error(proved.post("export", Map.of("format", "otpauth"))))
                .as("the proof is older than 5 minutes")
                .isEqualTo("403 second_factor_required");

        // As the page does before an export, the login requests a level that no trusted browser reaches.
        HttpLogin stronger =
                browser.open(OidcLogin.to(guarded).with("prompt", "login").with("acr_values", "100"));
        assertThat(stronger.postPassword("bob", "bob")).isEqualTo(Outcome.CODE_PAGE);
    }

    private static void trustFirst(TestRealm realm) {
        Flows flows = realm.flows();
        flows.remove(flows.execution(Realms.BROWSER_FLOW, Realms.FORM).getId());
        flows.addSubFlow(Realms.FORMS, "second factor", "REQUIRED");
        flows.add("second factor", "totp-guard-trusted-browser", "ALTERNATIVE");
        flows.addSubFlow("second factor", "code", "ALTERNATIVE");
        flows.reference(flows.add("code", Realms.FORM, "REQUIRED"), "otp", 36_000);
    }

    private static int rows(Database database, VaultPerson owner) {
        return database.rows("select id from totp_guard_share where owner_id = ?", owner.id())
                .size();
    }
}
