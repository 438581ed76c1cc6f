package io.github.totpguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The box on the console")
class BoxTest {

    private static final DemoSettings SETTINGS =
            DemoSettings.of("dist", "guard.jar", PeopleTest.REALM.toString(), "target/demo", "8085", "8095");

    @Test
    @DisplayName("names what to open, at the ports of this run")
    void addresses() throws IOException {
        assertThat(Box.of(SETTINGS, People.read(PeopleTest.REALM)))
                .contains("http://localhost:8095/ ")
                .contains("http://localhost:8085/realms/demo/account ")
                .contains("http://localhost:8085/realms/demo/totp-guard/vault ")
                .contains("http://localhost:8085/admin/ ")
                .doesNotContain("8080", "8090");
    }

    @Test
    @DisplayName("is a rectangle of ASCII, no wider than 100 columns")
    void shape() throws IOException {
        List<String> lines =
                Box.of(SETTINGS, People.read(PeopleTest.REALM)).strip().lines().toList();
        assertThat(lines).allSatisfy(line -> assertThat(line)
                .hasSameSizeAs(lines.get(0))
                .hasSizeLessThanOrEqualTo(100)
                .matches("[ -~]+"));
    }
}
