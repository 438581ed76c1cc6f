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
    @DisplayName("the realm and the clients that the demo calls are in the realm's file")
    void names() throws IOException {
        JsonNode realm = new ObjectMapper().readTree(Files.readString(PeopleTest.REALM));
        assertThat(realm.path("realm").asText()).isEqualTo(DemoSettings.REALM);
        assertThat(realm.path("clients").findValuesAsText("clientId"))
                .contains("demo-app", RealmPreparation.STEP_UP_CLIENT, "demo-program", "totp-guard-vault");
    }
}
