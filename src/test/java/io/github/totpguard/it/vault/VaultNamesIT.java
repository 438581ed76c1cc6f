package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text that users paste, scan and import, and the names that are shown of it: in answers, labels, events and the log.
 */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Names in the vault")
final class VaultNamesIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String OTHER = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static TestRealm realm;

    @BeforeAll
    static void realm(Realms realms) {
        realm = VaultApi.withoutSecondFactor(realms).create();
    }

    private static Stream<String> misplaced() {
        return Stream.of(
                OTHER,
                OTHER.toLowerCase(Locale.ROOT),
                "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ",
                "A,otpauth://totp/b?secret=" + OTHER + "&issuer=B",
                "A;secret=" + OTHER);
    }

    @Test
    @Tag("S50")
    @DisplayName("a secret in any field never appears in an answer, a label, an event or the log")
    void secrets(KeycloakRuntime keycloak) {
        int logBefore = keycloak.log().length();
        String userId = VaultApi.addUser(realm, "names");
        VaultApi api = VaultApi.withPassword(realm, "names");
        String id = api.add("otpauth://totp/a?secret=" + SECRET);
        List<HttpResponse<String>> answers = new ArrayList<>();
        misplaced().forEach(text -> {
            answers.add(api.post("accounts", Map.of("uri", "otpauth://totp/" + text + "?secret=" + SECRET)));
            answers.add(api.post("accounts", Map.of("uri", "otpauth://totp/a?secret=" + SECRET + "&issuer=" + text)));
            answers.add(api.post("accounts", Map.of("uri", "otpauth://totp/a?secret=" + SECRET + "&image=" + text)));
            answers.add(api.post("accounts", Map.of("account", "a", "secret", SECRET, "issuer", text)));
            answers.add(api.post("accounts", Map.of("account", text, "secret", SECRET)));
            answers.add(api.post("accounts", Map.of("account", "a", "secret", SECRET, "group", text)));
            answers.add(api.post("accounts", Map.of("account", "a", "secret", SECRET, "type", text)));
            answers.add(api.patch("accounts/" + id, Map.of("issuer", text)));
            answers.add(api.patch("accounts/" + id, Map.of("account", text)));
            answers.add(api.patch("accounts/" + id, Map.of("group", text)));
            answers.add(
                    api.post("import", Map.of("contents", List.of("otpauth://totp/a?secret=" + SECRET + " " + text))));
        });
        answers.add(api.post("import", Map.of("contents", List.of(aegis(OTHER, "a"), ""))));
        answers.add(api.post("import", Map.of("contents", List.of(aegis("A", "my key " + OTHER)))));
        answers.add(api.get("accounts"));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(200, 201, 400, 429);
            assertSilent(answer.body());
        });
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 429).isEmpty();
        realm.credentials(userId)
                .forEach(credential -> assertSilent(credential.getUserLabel() + credential.getCredentialData()));
        realm.events().forEach(event -> assertSilent(event.getDetails() + " " + event.getError()));
        assertSilent(keycloak.log().substring(logBefore));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "otpauth://totp/Contoso%3Auser%40contoso.example?secret=@&issuer=Microsoft | Microsoft | user@contoso.example | issuer_differs",
                "otpauth://totp/fw?secret=@&amp;issuer=Firewall&amp;digits=8&amp;period=60 | Firewall | fw | html_escapes",
                "otpauth://totp/Contoso:A:b?secret=@&algorithm=Algorithm.sha1 | Contoso | A-b | name_changed,algorithm_spelling"
            },
            delimiter = '|')
    @Tag("S48")
    @Tag("S51")
    @Tag("S54")
    @DisplayName("POST accounts and an import read a URI in the same way, with the same notes")
    void oneReader(String pattern, String issuer, String account, String notes) {
        String uri = pattern.replace("@", SECRET).strip();
        VaultApi.addUser(realm, "reader" + Math.abs(uri.hashCode()));
        VaultApi api = VaultApi.withPassword(realm, "reader" + Math.abs(uri.hashCode()));
        JsonNode imported = VaultApi.body(
                        api.post("import", VaultApi.fields("contents", List.of(uri), "preview", true)))
                .path("items")
                .path(0);
        JsonNode added = VaultApi.body(api.post("accounts", Map.of("uri", uri)));
        assertThat(added.path("issuer").asText())
                .isEqualTo(issuer)
                .isEqualTo(imported.path("issuer").asText());
        assertThat(added.path("accountName").asText())
                .isEqualTo(account)
                .isEqualTo(imported.path("account").asText());
        assertThat(added.path("notes")).isEqualTo(imported.path("notes"));
        assertThat(added.path("notes")).extracting(JsonNode::asText).containsExactly(notes.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"digit", "Digits", "algo", "peroid", "counters"})
    @Tag("S51")
    @DisplayName("a field that is similar to digits, period, algorithm or counter is refused, not ignored")
    void fields(String name) {
        VaultApi.addUser(realm, "field-" + name.toLowerCase(Locale.ROOT));
        VaultApi api = VaultApi.withPassword(realm, "field-" + name.toLowerCase(Locale.ROOT));
        HttpResponse<String> answer = api.post("accounts", Map.of("account", "a", "secret", SECRET, name, 8));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(VaultApi.body(answer).path("reason").asText()).isEqualTo("similar_parameter");
        assertThat(api.ids()).isEmpty();
    }

    private static String aegis(String issuer, String name) {
        return "{\"version\":1,\"header\":{\"slots\":null,\"params\":null},\"db\":{\"version\":3,\"entries\":[{\"type\":\"totp\","
                + "\"issuer\":\"" + issuer + "\",\"name\":\"" + name + "\",\"info\":{\"secret\":\"" + SECRET
                + "\",\"algo\":\"SHA1\",\"digits\":6,\"period\":30}}]}}";
    }

    private static void assertSilent(String text) {
        assertThat(text.replaceAll("[^A-Za-z2-7]", "").toUpperCase(Locale.ROOT)).doesNotContain(OTHER, SECRET);
    }
}
