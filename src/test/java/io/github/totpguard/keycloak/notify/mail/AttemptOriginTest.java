package io.github.totpguard.keycloak.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.account.DeviceRepresentation;

@DisplayName("Origin of an attempt")
class AttemptOriginTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Chrome      | 143.0.0 | Windows  | 10      | Chrome 143, Windows 10",
                "Firefox     | 145.0   | Mac OS X | 10.15.7 | Firefox 145, Mac OS X 10.15",
                "Mobile Safari | 18.1  | iOS      | 18.1    | Mobile Safari 18, iOS 18.1",
                "curl        | 8.5.0   | Other    |         | curl 8",
                "Other       |         | Linux    |         | Linux",
            })
    @DisplayName("browser and operating system are named, with the version that users know")
    void named(String browser, String version, String os, String osVersion, String expected) {
        assertThat(AttemptOrigin.of(Optional.of(device(browser, version, os, osVersion)), Optional.empty())
                        .browser())
                .hasValue(expected);
    }

    @Test
    @DisplayName("a browser that Keycloak does not recognise is unknown")
    void unknown() {
        assertThat(AttemptOrigin.of(Optional.of(device("Other", null, "Other", null)), Optional.empty())
                        .browser())
                .isEmpty();
        assertThat(AttemptOrigin.of(Optional.empty(), Optional.empty()).browser())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"https://evil.example\">here</a>",
                "evil.example/reset",
                "https://evil.example/?a=b#c",
                "help@evil.example",
                "${emailTestBody}",
                "x\r\nBcc: somebody",
                "\u202Eelpmaxe\u0007",
            })
    @Tag("S31")
    @DisplayName("a sender's browser string cannot put markup or a link into a mail")
    void hostile(String text) {
        AttemptOrigin origin =
                AttemptOrigin.of(Optional.of(device(text, "1/" + text, text, "1" + text)), Optional.of(text));

        assertThat(origin.browser().orElseThrow()).matches("[A-Za-z0-9 ,_+-]{1,100}");
        assertThat(origin.address()).isEmpty();
    }

    @Test
    @DisplayName("long names are truncated")
    void longNames() {
        assertThat(AttemptOrigin.of(Optional.of(device("x".repeat(200), "1", "y".repeat(200), "2")), Optional.empty())
                        .browser())
                .hasValue("x".repeat(40) + " 1, " + "y".repeat(40) + " 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "2001:db8::7", "::ffff:192.0.2.1"})
    @DisplayName("an IP address is shown unchanged")
    void address(String address) {
        assertThat(AttemptOrigin.of(Optional.empty(), Optional.of(address)).address())
                .hasValue(address);
    }

    private static DeviceRepresentation device(String browser, String version, String os, String osVersion) {
        DeviceRepresentation device = new DeviceRepresentation();
        device.setBrowser(browser, version);
        device.setOs(os);
        device.setOsVersion(osVersion);
        return device;
    }
}
