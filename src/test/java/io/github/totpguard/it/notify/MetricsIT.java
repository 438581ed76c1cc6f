package io.github.totpguard.it.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.HttpLogin;
import io.github.totpguard.harness.HttpLogin.Outcome;
import io.github.totpguard.harness.KeycloakExtension;
import io.github.totpguard.harness.KeycloakRuntime;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The metrics of attempts at the management interface of a server with {@code --metrics-enabled=true}. */
@ExtendWith(KeycloakExtension.class)
@DisplayName("Metrics of a running server")
final class MetricsIT {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final PhoneApp phone = PhoneApp.type(SECRET);

    @Test
    @DisplayName("the metrics count attempts by realm, channel and result, locks by kind, and resynchronisations")
    void counters(Realms realms, TestClock clock, KeycloakRuntime keycloak) {
        TestRealm realm = realms.guarded("metrics").policy("maxFailures", 3).create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        for (int i = 0; i < 3; i++) {
            login.postOtp(phone.wrongCode(clock));
        }
        assertThat(login.outcome()).isEqualTo(Outcome.LOCKED_PAGE);
        login.post("retry", Map.of("otp", phone.code(clock)));
        realm.addUserWithPlaintextOtp("carol", "phone", SECRET);
        HttpLogin farOff = HttpLogin.atCodePage(realm, "carol");
        Instant onPhone = clock.now().plus(Duration.ofMinutes(5));
        assertThat(farOff.postOtp(phone.codeAt(onPhone))).isEqualTo(Outcome.CODE_PAGE);
        assertThat(farOff.postOtp(phone.codeAt(onPhone.plusSeconds(30)))).isEqualTo(Outcome.LOGGED_IN);
        realm.addUserWithPlaintextOtp("dave", "phone", SECRET);
        realm.flows().bindBrowser("browser");
        assertThat(HttpLogin.atCodePage(realm, "dave").postOtp(phone.code(clock)))
                .isEqualTo(Outcome.LOGGED_IN);

        assertThat(verifications(keycloak, realm, "form", "mismatch")).isEqualTo(4);
        assertThat(verifications(keycloak, realm, "form", "locked")).isEqualTo(1);
        assertThat(verifications(keycloak, realm, "form", "resynchronised")).isEqualTo(1);
        assertThat(verifications(keycloak, realm, "form", "accepted")).isEqualTo(1);
        assertThat(value(keycloak, "totp_guard_locks_total", Map.of("realm", realm.name(), "kind", "temporary")))
                .isEqualTo(1);
        assertThat(value(keycloak, "totp_guard_resynchronisations_total", Map.of("realm", realm.name())))
                .isEqualTo(1);
        assertThat(metrics(keycloak)).doesNotContain("bob", "carol");
    }

    @Test
    @DisplayName("an attempt without a decision is counted as unavailable")
    void unavailable(Realms realms, TestClock clock, KeycloakRuntime keycloak) {
        TestRealm realm = realms.guarded("metrics").create();
        realm.addUserWithPlaintextOtp("bob", "phone", SECRET);
        HttpLogin login = HttpLogin.atCodePage(realm, "bob");
        realm.enableRequiredAction(Realms.SETUP_ACTION, false);
        assertThat(login.postOtp(phone.code(clock))).isEqualTo(Outcome.ERROR_PAGE);
        assertThat(verifications(keycloak, realm, "form", "unavailable")).isEqualTo(1);
    }

    private static double verifications(KeycloakRuntime keycloak, TestRealm realm, String channel, String result) {
        return value(
                keycloak,
                "totp_guard_verifications_total",
                Map.of("realm", realm.name(), "channel", channel, "result", result));
    }

    /** The value of the one series with exactly these labels; 0 if there is none. */
    private static double value(KeycloakRuntime keycloak, String name, Map<String, String> labels) {
        return metrics(keycloak)
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> labels(line).equals(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 1)))
                .sum();
    }

    private static Map<String, String> labels(String line) {
        return Arrays.stream(
                        line.substring(line.indexOf('{') + 1, line.indexOf('}')).split(","))
                .map(label -> label.split("=", 2))
                .collect(Collectors.toMap(label -> label[0], label -> label[1].replace("\"", "")));
    }

    private static String metrics(KeycloakRuntime keycloak) {
        return Http.send(Http.request(URI.create(keycloak.managementUrl() + "/metrics"))
                        .build())
                .body();
    }
}
