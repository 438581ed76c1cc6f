package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Flows;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.Oathtool;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.EventType;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.EventRepresentation;

/** The vault's REST: storing accounts of other services and reading their codes. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("The vault")
final class VaultIT {
    private static final String WALKTHROUGH = "otpauth://totp/Test%20Token?secret=2FASTEST&issuer=2FAS";
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String ACME = "otpauth://totp/Acme:a?secret=" + SECRET + "&issuer=Acme";
    private static final String HOTP = "otpauth://hotp/Bank:a?secret=" + SECRET + "&issuer=Bank&counter=7";
    private static final String MISSING_ID = "totp-00000000-0000-4000-8000-000000000000";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    /** A realm where users need no second factor. */
    private static TestRealm realm;

    @BeforeAll
    static void realm(Realms realms) {
        realm = VaultApi.withoutSecondFactor(realms).create();
    }

    /** The name of a new user, so that budgets and lists are not shared with other tests. */
    private static String person() {
        String name = "user" + PEOPLE.incrementAndGet();
        VaultApi.addUser(realm, name);
        return name;
    }

    private static VaultApi newUser() {
        return VaultApi.withPassword(realm, person());
    }

    @Test
    @DisplayName("the walkthrough: a URI is posted, and its code is read and is that of the current second")
    void walkthrough(TestClock clock) {
        VaultApi alice = newUser();
        HttpResponse<String> stored = alice.post("accounts", Map.of("uri", WALKTHROUGH));
        assertThat(stored.statusCode()).isEqualTo(201);
        assertThat(stored.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode account = VaultApi.body(stored);
        String id = account.path("secretName").asText();
        assertThat(id).matches("totp-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(account.path("accountName").asText()).isEqualTo("Test Token");
        assertThat(account.path("issuer").asText()).isEqualTo("2FAS");
        assertThat(account.path("message").asText()).isNotEmpty();
        assertThat(texts(account.path("notes"))).containsExactly("weak_secret");

        HttpResponse<String> read = alice.get("tokens?id=" + id + "&next=true");
        assertThat(read.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode code = VaultApi.body(read);
        PhoneApp phone = PhoneApp.type("2FASTEST");
        long now = code.path("generatedAt").asLong();
        assertThat(now).isBetween(clock.now().getEpochSecond() - 10, clock.now().getEpochSecond() + 1);
        assertThat(code.path("token").asText()).isEqualTo(phone.codeAt(Instant.ofEpochSecond(now)));
        assertThat(code.path("timeRemaining").asLong()).isEqualTo(30 - now % 30);
        assertThat(code.path("period").asInt()).isEqualTo(30);
        assertThat(code.path("digits").asInt()).isEqualTo(6);
        assertThat(code.path("nextToken").asText())
                .isEqualTo(phone.codeAt(Instant.ofEpochSecond(now).plusSeconds(30)));
        assertThat(alice.get("accounts").body()).doesNotContain("2FASTEST").doesNotContain("\"secret\"");

        Oathtool oathtool = Oathtool.find().orElseGet(() -> Assumptions.abort("no oathtool on this machine"));
        assertThat(oathtool.codes(List.of(
                        new Oathtool.Question(OtpSecret.ofBase32("2FASTEST"), OtpParameters.Totp.DEFAULT, now))))
                .containsExactly(code.path("token").asText());
    }

    @Test
    @DisplayName(
            "digits, periods, algorithms, Steam and single fields: each account answers according to its parameters")
    void parameters() {
        VaultApi alice = newUser();
        String eight = "otpauth://totp/Acme:a?secret=" + SECRET + "&issuer=Acme&algorithm=SHA512&digits=8&period=60";
        JsonNode code = VaultApi.body(alice.get("tokens?id=" + alice.add(eight)));
        assertThat(code.path("token").asText())
                .isEqualTo(PhoneApp.scan(eight)
                        .codeAt(Instant.ofEpochSecond(code.path("generatedAt").asLong())));
        assertThat(code.path("period").asInt()).isEqualTo(60);
        assertThat(code.has("nextToken")).isFalse();
        assertThat(alice.code(alice.add("otpauth://steam/Steam:a?secret=" + SECRET + "&issuer=Steam")))
                .matches("[23456789BCDFGHJKMNPQRTVWXY]{5}");
        Map<String, Object> fields =
                VaultApi.fields("issuer", "Form", "account", "b", "secret", "jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp");
        fields.putAll(VaultApi.fields(
                "digits", 7, "period", 20, "algorithm", "SHA256", "group", "Work", "pinned", true, "type", "totp"));
        assertThat(alice.post("accounts", fields).statusCode()).isEqualTo(201);
        JsonNode first = alice.list("").path("accounts").path(0);
        assertThat(first.path("issuer").asText()).as("pinned ones come first").isEqualTo("Form");
        assertThat(first.path("group").asText()).isEqualTo("Work");
        assertThat(first.path("algorithm").asText()).isEqualTo("SHA256");
        assertThat(first.path("digits").asInt()).isEqualTo(7);
        assertThat(first.path("period").asInt()).isEqualTo(20);
        assertThat(first.path("owner").isNull()).isTrue();
        assertThat(first.path("shared").asBoolean()).isFalse();
        assertThat(texts(first.path("notes"))).isEmpty();
        assertThat(alice.list("").path("accounts").findValuesAsText("type")).contains("steam", "totp");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName(
            "an invalid account is refused with the contract's error, and the answer contains no part of the secret")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "no JSON | {\"uri\": otpauth | Invalid request format |",
                "a list | [] | Invalid request format |",
                "two values | {} {} | Invalid request format |",
                "no URI | {} | Missing or invalid TOTP URI |",
                "a number | {\"uri\": 7} | Missing or invalid TOTP URI |",
                "another scheme | {\"uri\": \"https://totp/a?secret=2FASTEST\"} | Invalid TOTP URI | scheme",
                "another type | {\"uri\": \"otpauth://yandex/a?secret=2FASTEST\"} | Invalid TOTP URI | type",
                "no secret | {\"uri\": \"otpauth://totp/a?issuer=Acme\"} | Invalid TOTP URI | secret_missing",
                "a broken secret | {\"uri\": \"otpauth://totp/a?secret=2FASTEST1\"} | Invalid TOTP URI | secret_invalid",
                "no name | {\"secret\": \"2FASTEST\"} | Invalid account | account_blank",
                "no key | {\"account\": \"a\", \"secret\": \"2FASTEST1\"} | Invalid account | secret_invalid",
                "no period | {\"account\": \"a\", \"secret\": \"2FASTEST\", \"period\": 0} | Invalid account | period",
                "MD5 | {\"account\": \"a\", \"secret\": \"2FASTEST\", \"algorithm\": \"MD5\"} | Invalid account | algorithm",
                "Yandex | {\"account\": \"a\", \"secret\": \"2FASTEST\", \"type\": \"yandex\"} | Invalid account | type",
                "11 digits | {\"account\": \"a\", \"secret\": \"2FASTEST\", \"digits\": 11} | Invalid account | digits",
                "digits in quotes | {\"account\": \"a\", \"secret\": \"2FASTEST\", \"digits\": \"6\"} | invalid_request |",
                "a flag in quotes | {\"uri\": \"otpauth://totp/a?secret=2FASTEST\", \"pinned\": \"yes\"} | invalid_request |"
            })
    void refused(String what, String body, String error, String reason) {
        VaultApi alice = newUser();
        HttpResponse<String> answer = alice.call("POST", "accounts", body);
        assertThat(VaultApi.error(answer)).as(what).isEqualTo("400 " + error);
        assertThat(VaultApi.body(answer).path("details").asText()).isNotEmpty();
        assertThat(VaultApi.body(answer).path("reason").asText(null)).isEqualTo(reason);
        assertThat(answer.body()).doesNotContain("2FASTEST");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(alice.ids()).isEmpty();
    }

    @Test
    @DisplayName("a body over the limit answers 413; malformed ids and invalid numbers answer 400")
    void bounds() {
        VaultApi alice = newUser();
        assertThat(VaultApi.error(alice.call("POST", "accounts", "{\"uri\": \"" + "a".repeat(20_000) + "\"}")))
                .isEqualTo("413 too_large");
        for (String query : List.of("", "?id=", "?id=totp-1", "?id=x" + MISSING_ID, "?id=" + MISSING_ID + "&id=7")) {
            HttpResponse<String> answer = alice.get("tokens" + query);
            assertThat(VaultApi.error(answer)).as(query).isEqualTo("400 Missing or invalid account id");
            assertThat(VaultApi.body(answer).path("details").asText()).contains("totp-<uuid>");
        }
        assertThat(VaultApi.error(alice.get("accounts?first=-1"))).isEqualTo("400 invalid_request");
        assertThat(VaultApi.error(alice.get("accounts?max=many"))).isEqualTo("400 invalid_request");
    }

    @Test
    @DisplayName("accounts are found by any of their names, in pages, and can be changed and removed")
    void list() {
        VaultApi alice = newUser();
        String[] ids = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> alice.add("otpauth://totp/Shop%20" + i + ":me?secret=" + SECRET + "&issuer=Shop%20" + i))
                .toArray(String[]::new);
        assertThat(alice.ids()).containsExactly(ids);
        JsonNode page = alice.list("?first=1&max=2");
        assertThat(page.path("total").asInt()).isEqualTo(5);
        assertThat(page.path("accounts").findValuesAsText("id")).containsExactly(ids[1], ids[2]);
        JsonNode changed = VaultApi.body(alice.patch(
                "accounts/" + ids[3], VaultApi.fields("account", "Zoë", "group", "Häuser", "pinned", true)));
        assertThat(changed.path("account").asText()).isEqualTo("Zoë");
        assertThat(changed.path("issuer").asText()).isEqualTo("Shop 4");
        assertThat(alice.ids()).startsWith(ids[3]);
        assertThat(alice.list("?search=ZO%C3%8B").path("total").asInt()).isEqualTo(1);
        assertThat(alice.list("?search=h%C3%A4us").path("total").asInt()).isEqualTo(1);
        assertThat(alice.list("?search=shop").path("total").asInt()).isEqualTo(5);
        assertThat(alice.list("?search=nothing").path("accounts")).isEmpty();
        assertThat(VaultApi.error(alice.patch("accounts/" + ids[3], Map.of("account", " "))))
                .isEqualTo("400 Invalid account");
        assertThat(VaultApi.error(alice.patch("accounts/" + ids[3], Map.of("group", "g".repeat(101)))))
                .isEqualTo("400 invalid_request");
        assertThat(alice.code(ids[3])).isNotEmpty();

        assertThat(alice.delete("accounts/" + ids[0]).statusCode()).isEqualTo(204);
        assertThat(VaultApi.error(alice.get("tokens?id=" + ids[0]))).isEqualTo("404 not_found");
        assertThat(VaultApi.error(alice.delete("accounts/" + ids[0]))).isEqualTo("404 not_found");
        assertThat(alice.ids()).hasSize(4);
    }

    @Test
    @DisplayName("the notes are a short secret, a duplicate account, and the user's own second factor in this realm")
    void notes() {
        String name = person();
        VaultApi alice = VaultApi.withPassword(realm, name);
        assertThat(notes(alice.post("accounts", Map.of("uri", ACME)))).isEmpty();
        assertThat(notes(alice.post("accounts", Map.of("uri", ACME)))).containsExactly("duplicate");
        assertThat(notes(alice.post("accounts", Map.of("uri", ACME.replace("JBSW", "KRSX")))))
                .as("the same names with another secret")
                .isEmpty();
        String own = "otpauth://totp/" + realm.name() + ":" + name + "?secret=" + SECRET;
        assertThat(notes(alice.post("accounts", Map.of("uri", own)))).containsExactly("own_second_factor");
        assertThat(notes(alice.post("accounts", Map.of("uri", own.replace(name, "somebody.else")))))
                .isEmpty();
        assertThat(texts(alice.list("?search=" + name).path("accounts").path(0).path("notes")))
                .containsExactly("own_second_factor");
        assertThat(alice.ids()).hasSize(5);
    }

    @Test
    @Tag("S32")
    @DisplayName("the address of an image in a URI is never requested")
    void image() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
        });
        server.start();
        try {
            VaultApi alice = newUser();
            alice.code(alice.add(ACME + "&image=http%3A%2F%2F127.0.0.1%3A"
                    + server.getAddress().getPort() + "%2Flogo.png"));
            assertThat(alice.get("accounts").body()).doesNotContain("logo.png");
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Tag("S33")
    @DisplayName("another user's account answers like a missing one, for every request")
    void foreign() {
        VaultApi alice = newUser();
        VaultApi bob = newUser();
        String id = alice.add(ACME);
        for (String path : List.of("accounts/%s", "accounts/%s/shares", "accounts/%s/transfer", "tokens?id=%s")) {
            for (String method : List.of("GET", "POST", "PATCH", "DELETE")) {
                String body = method.equals("POST") || method.equals("PATCH") ? "{\"username\": \"x\"}" : null;
                HttpResponse<String> foreign = bob.call(method, path.formatted(id), body);
                HttpResponse<String> missing = bob.call(method, path.formatted(MISSING_ID), body);
                // That request needs ids in its body, and this body has none.
                boolean needsIds = method.equals("POST") && path.startsWith("tokens");
                assertThat(foreign.statusCode())
                        .as(method + " " + path)
                        .isIn(needsIds ? List.of(400) : List.of(404, 405));
                assertThat(foreign.statusCode()).isEqualTo(missing.statusCode());
                assertThat(foreign.body()).isEqualTo(missing.body());
            }
        }
        JsonNode many = VaultApi.body(bob.get(VaultApi.tokens(id, MISSING_ID)));
        assertThat(many.path("tokens").findValuesAsText("error")).containsExactly("not_found", "not_found");
        JsonNode posted = VaultApi.body(bob.post("tokens", Map.of("ids", List.of(id, MISSING_ID))));
        assertThat(posted.path("tokens").findValuesAsText("error")).containsExactly("not_found", "not_found");
        assertThat(alice.ids()).containsExactly(id);
    }

    @Test
    @Tag("S37")
    @DisplayName("two users with the same key: reading by one does not affect the other, time-based or counter-based")
    void twoUsers() {
        VaultApi alice = newUser();
        VaultApi bob = newUser();
        PhoneApp phone = PhoneApp.type(SECRET);
        String hers = alice.add(HOTP);
        String his = bob.add(HOTP);
        assertThat(alice.code(hers)).isEqualTo(phone.codeOfCounter(7));
        assertThat(alice.code(hers)).isEqualTo(phone.codeOfCounter(8));
        assertThat(bob.code(his)).isEqualTo(phone.codeOfCounter(7));
        JsonNode one = VaultApi.body(alice.get("tokens?id=" + alice.add(ACME)));
        JsonNode two = VaultApi.body(bob.get("tokens?id=" + bob.add(ACME)));
        assertThat(one.path("token").asText())
                .isEqualTo(phone.codeAt(
                        Instant.ofEpochSecond(one.path("generatedAt").asLong())));
        assertThat(two.path("token").asText())
                .isEqualTo(phone.codeAt(
                        Instant.ofEpochSecond(two.path("generatedAt").asLong())));
    }

    @Test
    @Tag("S35")
    @DisplayName("24 parallel readers of a counter get 24 different codes without a gap; removing deletes the counter")
    void counter(Database database) {
        String name = person();
        VaultApi alice = VaultApi.withPassword(realm, name);
        String id = alice.add(HOTP);
        assertThat(VaultApi.body(alice.get(VaultApi.tokens(id, alice.add(ACME))))
                        .path("tokens")
                        .path(0)
                        .path("error")
                        .asText())
                .as("in bulk no counter moves")
                .isEqualTo("counter");
        PhoneApp phone = PhoneApp.type(SECRET);
        assertThat(AtOnce.run(24, i -> alice.code(id)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(7, 31).mapToObj(phone::codeOfCounter).toList());
        JsonNode next = VaultApi.body(alice.get("tokens?id=" + id));
        assertThat(next.path("timeRemaining").isNull()).isTrue();
        assertThat(next.path("token").asText()).isEqualTo(phone.codeOfCounter(31));
        String row = "select next_counter from totp_guard_counter where credential_id = ?";
        assertThat(database.text(row, id.substring(5))).isEqualTo("32");
        alice.delete("accounts/" + id);
        assertThat(database.rows(row, id.substring(5))).isEmpty();
    }

    @Test
    @DisplayName("a request for many accounts returns the code of each, and an error for a broken one")
    void broken(Database database) {
        VaultApi alice = newUser();
        String good = alice.add(ACME);
        String noSecret = alice.add(WALKTHROUGH);
        String noData = alice.add(HOTP);
        String other = alice.add(ACME.replace("Acme", "Other"));
        String sealed = "select secret_data from credential where id = ?";
        assertThat(database.text(sealed, good.substring(5)))
                .startsWith("{\"value\":\"eyJ")
                .doesNotContain(SECRET);
        // A secret that was sealed elsewhere.
        database.update(
                "update credential set secret_data = ? where id = ?",
                database.text(sealed, good.substring(5)),
                noSecret.substring(5));
        database.update("update credential set credential_data = '{}' where id = ?", noData.substring(5));
        realm.admin().post("/" + realm.name() + "/clear-user-cache", Map.of());

        JsonNode list = alice.list("");
        assertThat(list.path("total").asInt()).isEqualTo(4);
        assertThat(list.path("accounts").findValuesAsText("error")).containsExactly("unreadable");
        JsonNode tokens = VaultApi.body(alice.get(VaultApi.tokens(good, noSecret, noData, other)))
                .path("tokens");
        assertThat(tokens.findValuesAsText("error")).containsExactly("unreadable", "unreadable");
        assertThat(tokens.path(0).path("token").asText()).hasSize(6);
        assertThat(tokens.path(3).path("token").asText()).hasSize(6);
        for (String id : List.of(noSecret, noData)) {
            HttpResponse<String> answer = alice.get("tokens?id=" + id);
            assertThat(VaultApi.error(answer)).isEqualTo("500 unreadable");
            assertThat(answer.body()).doesNotContain("eyJ");
            assertThat(alice.delete("accounts/" + id).statusCode()).isEqualTo(204);
        }
    }

    @Test
    @Tag("S36")
    @DisplayName(
            "if the key of an account is missing, it answers 503 with an explanation; later accounts use a new key")
    void noKey(Realms realms, Database database) {
        TestRealm other = VaultApi.withoutSecondFactor(realms).create();
        VaultApi.addUser(other, "alice");
        VaultApi alice = VaultApi.withPassword(other, "alice");
        String id = alice.add(ACME);
        other.admin().delete(other.path("/components/" + key(other).getId()));

        HttpResponse<String> answer = alice.get("tokens?id=" + id);
        assertThat(VaultApi.error(answer)).isEqualTo("503 key_missing");
        assertThat(VaultApi.body(answer).path("details").asText()).contains("administrator");
        assertThat(alice.ids()).containsExactly(id);
        // Keycloak creates a new key if there is none.
        String after = alice.add(WALKTHROUGH);
        assertThat(alice.code(after)).hasSize(6);
        assertThat(VaultApi.body(alice.get(VaultApi.tokens(id, after)))
                        .path("tokens")
                        .findValuesAsText("error"))
                .containsExactly("key_missing");
        for (String account : List.of(id, after)) {
            assertThat(database.text("select secret_data from credential where id = ?", account.substring(5)))
                    .startsWith("{\"value\":\"eyJ");
        }
    }

    private static ComponentRepresentation key(TestRealm realm) {
        return StreamSupport.stream(
                        realm.admin()
                                .get(realm.path("/components?type=org.keycloak.keys.KeyProvider"))
                                .spliterator(),
                        false)
                .map(node -> AdminApi.JSON.convertValue(node, ComponentRepresentation.class))
                .filter(component -> component.getProviderId().equals("aes-generated"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName(
            "over budget, imports answer 429 with the seconds to wait; reading and writing work; later imports do too")
    void budgets(TestClock clock) {
        VaultApi alice = newUser();
        for (int i = 0; i < 10; i++) {
            assertThat(alice.post("import", Map.of()).statusCode()).isEqualTo(400);
        }
        HttpResponse<String> refused = alice.post("import", Map.of());
        assertThat(VaultApi.error(refused)).isEqualTo("429 rate_limited");
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 6L);
        assertThat(alice.post("accounts", Map.of("uri", ACME)).statusCode()).isEqualTo(201);
        assertThat(alice.get("accounts").statusCode()).isEqualTo(200);
        assertThat(VaultApi.error(newUser().post("import", Map.of()))).startsWith("400 ");
        clock.advance(Duration.ofSeconds(6));
        assertThat(alice.post("import", Map.of()).statusCode()).isEqualTo(400);
    }

    @Test
    @DisplayName("a page of another origin is refused, and CORS allows the client's own origin to read the answer")
    void cors() {
        VaultApi alice = newUser();
        HttpResponse<String> own = alice.header("Origin", VaultApi.ORIGIN).get("accounts");
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains(VaultApi.ORIGIN);
        HttpResponse<String> other =
                alice.header("Origin", "https://evil.example").call("POST", "accounts", "{\"uri\": \"" + ACME + "\"}");
        assertThat(VaultApi.error(other)).isEqualTo("403 Invalid origin");
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(alice.ids()).isEmpty();
        HttpResponse<String> asked = VaultApi.withoutToken(realm)
                .header("Origin", VaultApi.ORIGIN)
                .header("Access-Control-Request-Method", "PATCH")
                .call("OPTIONS", "accounts/" + MISSING_ID, null);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PATCH", "DELETE");
    }

    @Test
    @DisplayName("a caller without a token for the vault or without the role gets 401 or 403, and so does a user "
            + "who was signed out or disabled")
    void tokens(TestClock clock) {
        assertThat(VaultApi.error(VaultApi.withoutToken(realm).get("accounts"))).isEqualTo("401 unauthorized");
        assertThat(VaultApi.error(
                        VaultApi.withToken(realm, "eyJhbGciOiJub25lIn0.e30.").get("accounts")))
                .isEqualTo("401 unauthorized");
        String id = realm.addUser("norole");
        assertThat(VaultApi.error(VaultApi.withPassword(realm, "norole").get("accounts")))
                .isEqualTo("403 forbidden");
        VaultApi.giveRole(realm, id);
        VaultApi user = VaultApi.withPassword(realm, "norole");
        assertThat(user.get("accounts").statusCode()).isEqualTo(200);
        realm.logOut(id);
        assertThat(VaultApi.error(user.get("accounts"))).isEqualTo("401 unauthorized");
        VaultApi again = VaultApi.withPassword(realm, "norole");
        realm.changeUser(id, disabled -> disabled.setEnabled(false));
        assertThat(VaultApi.error(again.get("accounts"))).isEqualTo("401 unauthorized");
        realm.changeUser(id, enabled -> enabled.setEnabled(true));
        clock.advance(Duration.ofHours(1));
        assertThat(VaultApi.error(again.get("accounts"))).as("expired").isEqualTo("401 unauthorized");
    }

    @Test
    @DisplayName(
            "a token for another audience is refused, and so is every request if the vault is off; set-up runs once")
    void offAndSetUp(Realms realms) {
        TestRealm plain = realms.guarded("novault").create();
        String id = plain.addUser("alice");
        assertThat(plain.admin()
                        .post(plain.path("/totp-guard/setup"), Map.of())
                        .path("client")
                        .asText())
                .isEqualTo("created");
        assertThat(plain.admin()
                        .post(plain.path("/totp-guard/setup"), Map.of())
                        .path("client")
                        .asText())
                .isEqualTo("present");
        VaultApi.giveRole(plain, id);
        VaultApi alice = VaultApi.withPassword(plain, "alice");
        assertThat(alice.get("accounts").statusCode()).isEqualTo(404);
        assertThat(alice.call("OPTIONS", "accounts", null).statusCode()).isEqualTo(404);
        plain.configureRequiredAction(Realms.SETUP_ACTION, Map.of("vaultEnabled", "true"));
        assertThat(VaultApi.error(alice.get("accounts"))).isEqualTo("401 unauthorized");
        JsonNode client = plain.admin()
                .get(plain.path("/clients?clientId=" + VaultApi.CLIENT))
                .path(0);
        assertThat(client.path("publicClient").asBoolean()).isTrue();
        assertThat(client.path("directAccessGrantsEnabled").asBoolean()).isFalse();
        assertThat(client.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
        assertThat(texts(client.path("redirectUris"))).containsExactly("/realms/" + plain.name() + "/totp-guard/vault");
        assertThat(texts(client.path("defaultClientScopes"))).contains("basic", "profile");
    }

    @Test
    @Tag("S22")
    @DisplayName("a session with only a password is refused if the user or the realm has a second factor")
    void secondFactor(Realms realms, TestClock clock) {
        TestRealm guarded = VaultApi.realm(realms.guarded("vault2f")).create();
        VaultApi.addUser(guarded, "alice");
        assertThat(VaultApi.error(VaultApi.withPassword(guarded, "alice").get("accounts")))
                .as("the realm's browser flow demands one")
                .isEqualTo("403 second_factor_required");

        String bob = guarded.addUserWithPlaintextOtp("bob", "phone", SECRET);
        VaultApi.giveRole(guarded, bob);
        PhoneApp phone = PhoneApp.type(SECRET);
        HttpLogin login = HttpLogin.atCodePage(guarded, "bob");
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.LOGGED_IN);
        VaultApi proved = VaultApi.withToken(guarded, login.login().accessToken(login.callback()));
        assertThat(proved.get("accounts").statusCode()).isEqualTo(200);

        String device = realm.addUserWithPlaintextOtp("withdevice", "phone", SECRET);
        VaultApi.giveRole(realm, device);
        // A grant that asks for no code, whatever factors the user has.
        Flows flows = realm.flows();
        flows.copy("direct grant", "password alone");
        flows.executions("password alone").stream()
                .filter(execution -> execution.getLevel() == 0 && execution.getProviderId() == null)
                .forEach(execution -> flows.remove(execution.getId()));
        flows.bindDirectGrant("password alone");
        assertThat(VaultApi.error(VaultApi.withPassword(realm, "withdevice").get("accounts")))
                .as("the user has a device")
                .isEqualTo("403 second_factor_required");
        assertThat(guarded.events(EventType.CUSTOM_REQUIRED_ACTION_ERROR))
                .extracting(EventRepresentation::getError)
                .contains("totp_guard_vault_second_factor_required");
    }

    @Test
    @DisplayName("every code read is an event with account, owner, reader and address, and without the code")
    void events() {
        String name = person();
        VaultApi alice = VaultApi.withPassword(realm, name);
        realm.clearEvents();
        String id = alice.add(HOTP);
        List<String> codes = IntStream.range(0, 3).mapToObj(i -> alice.code(id)).toList();
        String timed = alice.add(ACME);
        JsonNode tokens = VaultApi.body(alice.get(VaultApi.tokens(id, timed)));
        alice.patch("accounts/" + id, Map.of("pinned", true));
        alice.delete("accounts/" + id);
        List<EventRepresentation> events = realm.events(EventType.CUSTOM_REQUIRED_ACTION);
        assertThat(events.stream()
                        .map(event -> event.getDetails().get("totp_guard_vault"))
                        .collect(Collectors.groupingBy(what -> what, Collectors.counting())))
                .containsExactlyInAnyOrderEntriesOf(Map.of("added", 2L, "read", 4L, "changed", 1L, "removed", 1L));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getDetails())
                    .containsKeys("totp_guard_vault_account", "credential_user_label")
                    .containsEntry("totp_guard_vault_owner", event.getUserId())
                    .containsEntry("username", name);
            assertThat(event.getIpAddress()).isEqualTo("127.0.0.1");
            assertThat(event.getSessionId()).isNotEmpty();
        });
        String all = AdminApi.JSON.valueToTree(events).toString();
        assertThat(all).doesNotContain(codes).doesNotContain(SECRET);
        assertThat(all)
                .doesNotContain(
                        "\"" + tokens.path("tokens").path(1).path("token").asText() + "\"");
    }

    @Test
    @DisplayName("users of an external storage have a vault too, and its content is deleted with the user")
    void federated(Database database) {
        realm.addFederatedUsers("fiona");
        String token = VaultApi.passwordToken(realm, "fiona");
        VaultApi.giveRole(realm, VaultApi.subject(token));
        VaultApi fiona = VaultApi.withToken(realm, token);
        String hotp = fiona.add(HOTP);
        assertThat(fiona.code(hotp)).isEqualTo(PhoneApp.type(SECRET).codeOfCounter(7));
        assertThat(fiona.code(hotp)).isEqualTo(PhoneApp.type(SECRET).codeOfCounter(8));
        assertThat(notes(fiona.post("accounts", Map.of("uri", HOTP)))).containsExactly("duplicate");
        assertThat(fiona.patch("accounts/" + hotp, Map.of("account", "b")).statusCode())
                .isEqualTo(200);
        assertThat(fiona.delete("accounts/" + hotp).statusCode()).isEqualTo(204);
        assertThat(fiona.ids()).hasSize(1);

        String gone = person();
        VaultApi.withPassword(realm, gone).add(ACME);
        String count = "select count(*) from credential c join user_entity u on u.id = c.user_id where u.username = ?";
        assertThat(database.text(count, gone)).isEqualTo("2");
        realm.deleteUser(realm.admin()
                .get(realm.path("/users?exact=true&username=" + gone))
                .path(0)
                .path("id")
                .asText());
        assertThat(database.text(count, gone)).isEqualTo("0");
    }

    @Test
    @DisplayName("an import is previewed, then stored without duplicates and refused items; export needs a code")
    void transfer() {
        VaultApi alice = newUser();
        alice.add(ACME);
        String file = String.join("\n", WALKTHROUGH, ACME, "otpauth://totp/x?issuer=none", WALKTHROUGH, HOTP);
        JsonNode preview =
                VaultApi.body(alice.post("import", VaultApi.fields("contents", List.of(file), "preview", true)));
        assertThat(preview.path("format").asText()).isEqualTo("otpauth_list");
        assertThat(alice.ids()).hasSize(1);
        JsonNode items = VaultApi.body(alice.post("import", Map.of("contents", List.of(file))))
                .path("items");
        assertThat(items).hasSize(5);
        for (int i = 0; i < 5; i++) {
            JsonNode seen = preview.path("items").path(i);
            assertThat(items.path(i).path("index").asInt()).isEqualTo(i);
            assertThat(items.path(i).path("accepted")).isEqualTo(seen.path("accepted"));
            assertThat(items.path(i).path("duplicate")).isEqualTo(seen.path("duplicate"));
            assertThat(seen.has("id")).isFalse();
        }
        assertThat(items.findValuesAsText("accepted")).containsExactly("true", "true", "false", "true", "true");
        assertThat(items.findValuesAsText("duplicate")).containsExactly("false", "true", "false", "true", "false");
        assertThat(items.path(2).path("reason").asText()).isEqualTo("secret");
        assertThat(texts(items.path(0).path("notes"))).containsExactly("weak_secret");
        assertThat(alice.ids())
                .hasSize(3)
                .contains(
                        items.path(0).path("id").asText(),
                        items.path(4).path("id").asText());
        assertThat(alice.code(items.path(4).path("id").asText()))
                .isEqualTo(PhoneApp.type(SECRET).codeOfCounter(7));
        assertThat(VaultApi.error(alice.post("import", Map.of("contents", List.of("what is this {")))))
                .startsWith("400 ");
        assertThat(VaultApi.error(alice.post("import", Map.of("contents", "text"))))
                .isEqualTo("400 invalid_request");
        assertThat(VaultApi.error(alice.post("export", Map.of("format", "otpauth"))))
                .isEqualTo("403 second_factor_required");
    }

    @Test
    @DisplayName("with 991 accounts an import adds the thousandth, and then no more fit")
    void limit(Database database) {
        VaultApi alice = newUser();
        String id = alice.add(ACME);
        database.update(
                "insert into credential (id, type, user_id, created_date, user_label, secret_data, credential_data, priority)"
                        + " select 'c0ffee00-0000-4000-8000-' || lpad(cast(n as varchar), 12, '0'), type, user_id,"
                        + " created_date, 'copy ' || n, secret_data, credential_data, 20"
                        + " from credential, generate_series(1, 990) n where id = ?",
                id.substring(5));
        realm.admin().post(realm.path("/clear-user-cache"), Map.of());
        List<String> uris = IntStream.range(0, 10)
                .mapToObj(i -> "otpauth://totp/Shop:u" + i + "?secret=" + SECRET + "&issuer=Shop")
                .toList();
        JsonNode items = VaultApi.body(alice.post("import", Map.of("contents", List.of(String.join("\n", uris)))))
                .path("items");
        assertThat(items.findValuesAsText("accepted").subList(0, 9)).containsOnly("true");
        assertThat(items.path(9).path("reason").asText()).isEqualTo("limit");
        assertThat(VaultApi.error(alice.post("accounts", Map.of("uri", WALKTHROUGH))))
                .isEqualTo("409 too_many_accounts");
        assertThat(alice.list("?first=990").path("accounts")).hasSize(10);
        List<String> most = alice.list("?search=Shop").path("accounts").findValuesAsText("id");
        assertThat(VaultApi.body(alice.get(VaultApi.tokens(most.toArray(String[]::new))))
                        .path("tokens")
                        .findValuesAsText("token"))
                .hasSize(9);
        String[] tooMany =
                alice.list("?max=101").path("accounts").findValuesAsText("id").toArray(String[]::new);
        assertThat(alice.get(VaultApi.tokens(tooMany)).statusCode()).isEqualTo(400);
        assertThat(alice.delete("accounts/" + most.get(0)).statusCode()).isEqualTo(204);
        assertThat(alice.post("accounts", Map.of("uri", WALKTHROUGH)).statusCode())
                .isEqualTo(201);
    }

    private static List<String> notes(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(201);
        return texts(VaultApi.body(answer).path("notes"));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
