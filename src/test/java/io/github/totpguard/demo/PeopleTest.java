package io.github.totpguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.totpguard.core.otp.OtpSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;

@DisplayName("The users of the demo")
class PeopleTest {

    static final Path REALM = Path.of("src", "demo", "demo-realm.json");

    private static final Instant TIME = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    @DisplayName("the pages show exactly the users of the realm's file")
    void same() throws IOException {
        List<String> inFile = new ArrayList<>();
        users().forEach(user -> inFile.add(user.path("username").asText()));
        assertThat(People.read(REALM).all()).extracting(Person::name).containsExactlyElementsOf(inFile);
    }

    @Test
    @DisplayName("only users without a device have no code")
    void codes() throws IOException {
        assertThat(People.read(REALM).all())
                .filteredOn(person -> person.code(TIME).isEmpty())
                .extracting(Person::name)
                .containsExactly("alice", "frank");
    }

    @Test
    @DisplayName("every device has a strong key of its own, with 160 bits")
    void keys() throws IOException {
        List<OtpSecret> keys = People.read(REALM).all().stream()
                .flatMap(person -> person.key().stream())
                .toList();
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.bits() == 160);
    }

    @Test
    @DisplayName("the backup codes that the page shows are those whose hashes the realm's file holds")
    void backupCodes() throws IOException {
        List<String> shown = People.read(REALM).named("dave").backupCodes();
        JsonNode stored = new ObjectMapper()
                .readTree(user("dave")
                        .path("credentials")
                        .path(2)
                        .path("secretData")
                        .asText())
                .path("codes");
        assertThat(shown).hasSize(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            String[] numberAndCode = shown.get(i).split(": ");
            assertThat(stored.path(i).path("number").asText()).isEqualTo(numberAndCode[0]);
            assertThat(RecoveryAuthnCodesUtils.verifyRecoveryCodeInput(
                            numberAndCode[1],
                            stored.path(i).path("encodedHashedValue").asText()))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("only Frank's account is new, so that only he may postpone set-up")
    void created() throws IOException {
        for (JsonNode user : users()) {
            assertThat(user.has("createdTimestamp"))
                    .as(user.path("username").asText())
                    .isEqualTo(!user.path("username").asText().equals("frank"));
        }
    }

    @Test
    @DisplayName("the codes that lock a user are different and all wrong")
    void wrongCodes() throws IOException {
        Person carol = People.read(REALM).named(People.LOCKED);
        assertThat(RealmPreparation.wrongCodes(carol.key().orElseThrow(), TIME, 5))
                .hasSize(5)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[0-9]{6}"))
                .doesNotContain(carol.code(TIME).orElseThrow())
                .doesNotContain(carol.code(TIME.plusSeconds(1800)).orElseThrow())
                .doesNotContain(carol.code(TIME.minusSeconds(1800)).orElseThrow());
    }

    private static JsonNode user(String name) throws IOException {
        for (JsonNode user : users()) {
            if (name.equals(user.path("username").asText())) {
                return user;
            }
        }
        throw new AssertionError("no user " + name);
    }

    private static JsonNode users() throws IOException {
        return new ObjectMapper().readTree(Files.readString(REALM)).path("users");
    }
}
