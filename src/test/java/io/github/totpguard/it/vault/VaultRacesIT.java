package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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

/** Concurrent requests, and the data that is deleted with an account. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Races in the vault")
final class VaultRacesIT {
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

    private static HttpResponse<String> transfer(VaultPerson from, String id, VaultPerson to) {
        return from.api().post("accounts/" + id + "/transfer", Map.of("username", to.name()));
    }

    private static List<Integer> statuses(List<HttpResponse<String>> answers) {
        return answers.stream().map(HttpResponse::statusCode).toList();
    }

    @Test
    @Tag("S45")
    @DisplayName("of concurrent transfers of one account to three users, one succeeds, and the others get 409 or 404")
    void twoOwners() {
        for (int round = 0; round < 2; round++) {
            VaultPerson alice = person();
            List<VaultPerson> others = List.of(person(), person(), person());
            String id = alice.api().add(ACME);
            List<HttpResponse<String>> answers = AtOnce.run(6, i -> transfer(alice, id, others.get(i % others.size())));
            assertThat(statuses(answers)).containsOnlyOnce(200).allMatch(status -> List.of(200, 404, 409)
                    .contains(status));
            assertThat(others.stream()
                            .mapToInt(other -> other.api().ids().size())
                            .sum())
                    .isEqualTo(1);
            assertThat(alice.api().ids()).isEmpty();
        }
    }

    @Test
    @Tag("S45")
    @DisplayName("concurrent transfers in both directions all succeed: no request deadlocks")
    void bothDirections() {
        VaultPerson alice = person();
        VaultPerson bob = person();
        List<String> hers =
                IntStream.range(0, 5).mapToObj(i -> alice.api().add(HOTP)).toList();
        List<String> his =
                IntStream.range(0, 5).mapToObj(i -> bob.api().add(ACME)).toList();
        List<HttpResponse<String>> answers = AtOnce.run(
                10, i -> i % 2 == 0 ? transfer(alice, hers.get(i / 2), bob) : transfer(bob, his.get(i / 2), alice));
        assertThat(statuses(answers)).containsOnly(200);
        assertThat(types(alice)).hasSize(5).containsOnly("totp");
        assertThat(types(bob)).hasSize(5).containsOnly("hotp");
    }

    private static List<String> types(VaultPerson person) {
        return person.api().list("").path("accounts").findValuesAsText("type");
    }

    @Test
    @Tag("S46")
    @DisplayName("concurrent changes, shares, reads, removal and transfer of one account answer without a bare 500")
    void allAtOnce(Database database) {
        for (int round = 0; round < 3; round++) {
            VaultPerson alice = person();
            VaultPerson bob = person();
            String id = alice.api().add(HOTP);
            String path = "accounts/" + id;
            List<HttpResponse<String>> answers = AtOnce.run(15, i -> switch (i % 5) {
                case 0 -> alice.api().patch(path, Map.of("account", "renamed " + i));
                case 1 -> alice.api().post(path + "/shares", Map.of("username", bob.name()));
                case 2 -> alice.api().get("tokens?id=" + id);
                case 3 -> i == 3 ? alice.api().delete(path) : alice.api().patch(path, Map.of("pinned", true));
                default -> i == 4 ? transfer(alice, id, bob) : alice.api().get("tokens?id=" + id);
            });
            assertThat(statuses(answers)).isSubsetOf(200, 201, 204, 404, 409);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() >= 400)
                    .allSatisfy(answer -> assertThat(VaultApi.error(answer)).isIn("404 not_found", "409 conflict"));
            assertThat(statuses(List.of(answers.get(3), answers.get(4))).stream()
                            .filter(status -> status < 400))
                    .as("removed or transferred")
                    .hasSize(1);
            assertThat(alice.api().ids()).isEmpty();
            assertThat(leftOf(database, id)).isEmpty();
            assertThat(answers.stream()
                            .filter(answer ->
                                    answer.statusCode() == 200 && answer.body().contains("\"token\""))
                            .map(answer -> VaultApi.body(answer).path("token").asText()))
                    .doesNotHaveDuplicates();
        }
    }

    /** The rows of an account in the vault's own tables. */
    private static List<Map<String, Object>> leftOf(Database database, String id) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String table : List.of("totp_guard_share", "totp_guard_counter")) {
            rows.addAll(database.rows("select * from " + table + " where credential_id = ?", id.substring(5)));
        }
        return rows;
    }

    @Test
    @Tag("S46")
    @DisplayName("counter and shares are removed with an account, by its owner, by an administrator or with its user")
    void goesWithIt(Database database) {
        VaultPerson alice = person();
        VaultPerson bob = person();
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(i -> {
                    String id = alice.api().add(HOTP.replace("team", "team" + i));
                    alice.api().code(id);
                    alice.api().post("accounts/" + id + "/shares", Map.of("username", bob.name()));
                    assertThat(leftOf(database, id)).hasSize(2);
                    return id;
                })
                .toList();
        alice.api().delete("accounts/" + ids.get(0));
        assertThat(leftOf(database, ids.get(0))).isEmpty();
        realm.admin()
                .delete(realm.path(
                        "/users/" + alice.id() + "/credentials/" + ids.get(1).substring(5)));
        assertThat(leftOf(database, ids.get(1))).isEmpty();
        assertThat(bob.api().ids()).containsExactly(ids.get(2));
        realm.deleteUser(alice.id());
        assertThat(leftOf(database, ids.get(2))).isEmpty();

        // A user of an external storage.
        realm.addFederatedUsers("racing-fiona");
        String token = VaultApi.passwordToken(realm, "racing-fiona");
        VaultApi.giveRole(realm, VaultApi.subject(token));
        VaultApi fiona = VaultApi.withToken(realm, token);
        String id = fiona.add(HOTP);
        fiona.code(id);
        fiona.post("accounts/" + id + "/shares", Map.of("username", bob.name()));
        assertThat(leftOf(database, id)).hasSize(2);
        realm.admin().delete(realm.path("/users/" + VaultApi.subject(token) + "/credentials/" + id.substring(5)));
        assertThat(leftOf(database, id)).isEmpty();
    }

    @Test
    @Tag("S46")
    @DisplayName("if an administrator removes an account while it is read and shared, none of its data is left behind")
    void removedMeanwhile(Database database) {
        for (int round = 0; round < 3; round++) {
            VaultPerson alice = person();
            VaultPerson bob = person();
            String id = alice.api().add(HOTP);
            AtOnce.run(8, i -> {
                if (i == 0) {
                    realm.admin().delete(realm.path("/users/" + alice.id() + "/credentials/" + id.substring(5)));
                    return 204;
                }
                return i % 2 == 0
                        ? alice.api().get("tokens?id=" + id).statusCode()
                        : alice.api()
                                .post("accounts/" + id + "/shares", Map.of("username", bob.name()))
                                .statusCode();
            });
            assertThat(alice.api().ids()).isEmpty();
            assertThat(leftOf(database, id)).isEmpty();
        }
    }

    @Test
    @Tag("S46")
    @DisplayName(
            "with 990 accounts, an import of 400, eight more and a transfer at once end with at most 1,000 accounts")
    void bound(Database database) {
        VaultPerson alice = person();
        VaultPerson bob = person();
        String moving = bob.api().add(ACME);
        assertThat(alice.api()
                        .post("import", Map.of("contents", List.of(list("First", 990))))
                        .statusCode())
                .isEqualTo(200);
        List<HttpResponse<String>> answers = AtOnce.run(10, i -> switch (i) {
            case 0 -> alice.api().post("import", Map.of("contents", List.of(list("Many", 400))));
            case 1 -> transfer(bob, moving, alice);
            default -> alice.api().post("accounts", Map.of("uri", list("One" + i, 1)));
        });
        assertThat(statuses(answers)).isSubsetOf(200, 201, 404, 409);
        assertThat(database.text(
                        "select count(*) from credential where user_id = ? and type = 'totp-guard-vault-account'",
                        alice.id()))
                .isEqualTo("1000");
        assertThat(alice.api().list("").path("total").asInt()).isEqualTo(1000);
        assertThat(refusedForRoom(answers.get(0))).isBetween(390L, 399L);
        assertThat(VaultApi.error(alice.api().post("accounts", Map.of("uri", HOTP))))
                .isEqualTo("409 too_many_accounts");
    }

    private static String list(String issuer, int accounts) {
        return String.join(
                "\n",
                IntStream.range(0, accounts)
                        .mapToObj(
                                i -> "otpauth://totp/" + issuer + ":u" + i + "?secret=" + SECRET + "&issuer=" + issuer)
                        .toList());
    }

    private static long refusedForRoom(HttpResponse<String> answer) {
        return VaultApi.body(answer).path("items").findValuesAsText("reason").stream()
                .filter("limit"::equals)
                .count();
    }

    @Test
    @Tag("S46")
    @DisplayName("a request for 1,000 accounts and a request of a second user are stored as one event each, which "
            + "names every account")
    void wholeVault() {
        VaultPerson alice = person();
        VaultPerson bob = person();
        long start = System.nanoTime();
        HttpResponse<String> imported = alice.api().post("import", Map.of("contents", List.of(list("Whole", 999))));
        long stored = System.nanoTime();
        assertThat(VaultApi.body(imported).path("items").findValuesAsText("id")).hasSize(999);
        String shared = alice.api().add(ACME);
        alice.api().post("accounts/" + shared + "/shares", Map.of("username", bob.name()));
        List<String> ids = alice.api().list("?max=1000").path("accounts").findValuesAsText("id");
        realm.clearEvents();
        long before = System.nanoTime();
        HttpResponse<String> answer = alice.api().post("tokens", VaultApi.fields("ids", ids, "next", true));
        System.out.printf(
                "vault | 999 accounts imported in %d ms | 1,000 codes read in %d ms%n",
                (stored - start) / 1_000_000, (System.nanoTime() - before) / 1_000_000);
        assertThat(VaultApi.body(answer).path("tokens").findValuesAsText("nextToken"))
                .hasSize(1000);
        String his = bob.api().add(ACME);
        String other = bob.api().add(ACME);
        bob.api().get(VaultApi.tokens(shared, his, other));

        List<EventRepresentation> reads = realm.events(EventType.CUSTOM_REQUIRED_ACTION).stream()
                .filter(event -> "read".equals(event.getDetails().get("totp_guard_vault")))
                .toList();
        assertThat(reads).hasSize(2);
        Map<String, String> hers = detailsOf(reads, alice);
        assertThat(hers).containsEntry("totp_guard_vault_count", "1000");
        assertThat(hers.get("totp_guard_vault_accounts").split(" "))
                .containsExactlyInAnyOrder(ids.toArray(String[]::new));
        assertThat(detailsOf(reads, bob))
                .containsEntry("totp_guard_vault_count", "3")
                .containsEntry("totp_guard_vault_accounts", his + " " + other)
                .containsEntry("totp_guard_vault_shared_accounts", shared + " " + alice.id());
    }

    private static Map<String, String> detailsOf(List<EventRepresentation> events, VaultPerson person) {
        return events.stream()
                .filter(event -> person.id().equals(event.getUserId()))
                .findFirst()
                .orElseThrow()
                .getDetails();
    }

    @Test
    @Tag("S46")
    @DisplayName("the limit counts codes, not requests: all 1,000 codes can be read six times a minute, not seven")
    void codesAreCounted() {
        VaultPerson alice = person();
        List<String> ids = IntStream.range(0, 1000)
                .mapToObj(i -> "totp-00000000-0000-4000-8000-%012d".formatted(i))
                .toList();
        for (int i = 0; i < 6; i++) {
            assertThat(alice.api().post("tokens", Map.of("ids", ids)).statusCode())
                    .isEqualTo(200);
        }
        HttpResponse<String> refused = alice.api().post("tokens", Map.of("ids", ids));
        assertThat(VaultApi.error(refused)).isEqualTo("429 rate_limited");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 10L);
        assertThat(alice.api().get("accounts").statusCode()).isEqualTo(200);
        assertThat(alice.api()
                        .post(
                                "tokens",
                                Map.of(
                                        "ids",
                                        IntStream.range(0, 1001)
                                                .mapToObj(i -> ids.get(0))
                                                .toList()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    @Tag("S46")
    @DisplayName("a counter at the end of its range is refused when it is stored, and no code is read there")
    void endOfCounters(Database database) {
        VaultPerson alice = person();
        for (long end : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, 9_007_199_254_740_991L}) {
            String uri = HOTP.replace("counter=0", "counter=" + end);
            assertThat(alice.api().post("accounts", Map.of("uri", uri)).statusCode())
                    .isEqualTo(400);
            assertThat(alice.api()
                            .post("accounts", Map.of("account", "a", "secret", SECRET, "type", "hotp", "counter", end))
                            .statusCode())
                    .isEqualTo(400);
            JsonNode items = VaultApi.body(alice.api().post("import", Map.of("contents", List.of(ACME + "\n" + uri))))
                    .path("items");
            assertThat(items.path(1).path("accepted").asBoolean()).isFalse();
        }
        String id = alice.api().add(HOTP.replace("counter=0", "counter=9007199254740990"));
        assertThat(alice.api().code(id)).hasSize(6);
        assertThat(VaultApi.error(alice.api().get("tokens?id=" + id))).isEqualTo("409 counter_at_end");
        assertThat(VaultApi.error(alice.api().get("tokens?id=" + id))).isEqualTo("409 counter_at_end");
        assertThat(alice.api().patch("accounts/" + id, Map.of("pinned", true)).statusCode())
                .isEqualTo(200);
        VaultPerson bob = person();
        assertThat(transfer(alice, id, bob).statusCode()).isEqualTo(200);
        assertThat(VaultApi.error(bob.api().get("tokens?id=" + bob.api().ids().get(0))))
                .isEqualTo("409 counter_at_end");
    }
}
