package io.github.totpguard.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The settings of the demo")
class DemoSettingsTest {

    @Test
    @DisplayName("a missing argument is answered with the usage")
    void usage() {
        assertThatThrownBy(() -> DemoSettings.of("dist", "guard.jar"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("usage: ");
    }

    @Test
    @DisplayName("one port for both servers is refused")
    void samePort() {
        assertThatThrownBy(() -> DemoSettings.of("dist", "guard.jar", "realm.json", "target/demo", "8085", "8085"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different ports");
    }

    @Test
    @DisplayName("the lock lasts as long as the demo says")
    void lock() throws IOException {
        JsonNode policy = new ObjectMapper()
                .readTree(Files.readString(PeopleTest.REALM))
                .path("requiredActions")
                .path(0)
                .path("config");
        assertThat(policy.path("lockSeconds").asInt()).isEqualTo(15 * 60);
        assertThat(People.read(PeopleTest.REALM).named(People.LOCKED).situation())
                .contains("15 minutes");
    }

    @Test
    @DisplayName("the realm and the clients that the demo calls are in the realm's file")
    void names() throws IOException {
        JsonNode realm = new ObjectMapper().readTree(Files.readString(PeopleTest.REALM));
        assertThat(realm.path("realm").asText()).isEqualTo(DemoSettings.REALM);
        assertThat(realm.path("clients").findValuesAsText("clientId"))
                .contains("demo-app", RealmPreparation.STEP_UP_CLIENT, "demo-program", "totp-guard-vault");
    }
}
