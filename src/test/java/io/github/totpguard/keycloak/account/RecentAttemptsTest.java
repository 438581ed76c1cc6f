package io.github.totpguard.keycloak.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.keycloak.account.FactorsView.Attempt;
import io.github.totpguard.keycloak.account.RecentAttempts.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

@DisplayName("Recent attempts")
class RecentAttemptsTest {
    private static final String PHONE = "11111111-2222-3333-4444-555555555555";

    private final RecentAttempts attempts = new RecentAttempts(Map.of(
            PHONE,
            new Named("device", Optional.of("Blue phone")),
            "codes",
            new Named("backup_codes", Optional.empty())));

    @Test
    @DisplayName("a login with a code names the device as it is called now, never by its id")
    void login() {
        Attempt attempt = only(event(
                EventType.LOGIN, null, Map.of("totp_guard_verdict", "accepted", "selected_credential_id", PHONE)));

        assertThat(attempt).isEqualTo(new Attempt(1234, "signed_in", null, "device", "Blue phone", "192.0.2.7"));
    }

    @Test
    @DisplayName("a device that was removed keeps the name that the event has")
    void removedDevice() {
        assertThat(only(event(
                        EventType.LOGIN_ERROR,
                        "invalid_user_credentials",
                        Map.of(
                                "totp_guard_verdict", "replayed",
                                "selected_credential_id", "gone",
                                "credential_user_label", "Old phone"))))
                .isEqualTo(new Attempt(1234, "sign_in_refused", "replayed", "device", "Old phone", "192.0.2.7"));
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_user_credentials, mismatch, mismatch",
        "invalid_user_credentials, malformed, malformed",
        "user_temporarily_disabled, locked, locked",
        "user_temporarily_disabled, hard_locked, locked",
        "totp_guard_unavailable_database, , unavailable",
        "totp_guard_trust_stolen, , stolen",
        "invalid_user_credentials, , ",
    })
    @DisplayName("a refusal says why")
    void reasons(String error, String verdict, String reason) {
        Map<String, String> details = verdict == null ? Map.of() : Map.of("totp_guard_verdict", verdict);

        Attempt attempt = only(event(EventType.LOGIN_ERROR, error, details));

        assertThat(attempt.event()).isEqualTo("sign_in_refused");
        assertThat(attempt.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN, totp_guard_backup_codes_left, 3, totp_guard_verdict, accepted, backup_codes",
        "LOGIN, totp_guard_trust, trusted, x, x, trusted_browser",
        "LOGIN, totp_guard_trust, grace, x, x, trusted_browser",
        "LOGIN, credential_type, webauthn, x, x, security_key",
        "LOGIN, credential_type, webauthn-passwordless, x, x, passkey",
        "LOGIN_ERROR, x, x, x, x, other",
        "LOGIN_ERROR, totp_guard_verdict, mismatch, x, x, device",
        "UPDATE_CREDENTIAL, credential_type, recovery-authn-codes, x, x, backup_codes",
        "REMOVE_CREDENTIAL, credential_type, totp-guard-trusted-browser, x, x, trusted_browser",
    })
    @DisplayName("the kind of the factor is known without its credential")
    void kinds(EventType type, String name, String value, String otherName, String otherValue, String kind) {
        String error = type == EventType.LOGIN_ERROR ? "invalid_user_credentials" : null;

        Map<String, String> details =
                name.equals(otherName) ? Map.of(name, value) : Map.of(name, value, otherName, otherValue);

        assertThat(only(event(type, error, details)).kind()).isEqualTo(kind);
    }

    @Test
    @DisplayName("a login without a second factor, an expired page and a changed password are no attempts")
    void noAttempts() {
        assertThat(attempts.of(Stream.of(
                        event(EventType.LOGIN, null, Map.of()),
                        event(EventType.LOGIN, null, null),
                        event(EventType.LOGIN, null, Map.of("totp_guard_trust", "expired")),
                        event(EventType.LOGIN_ERROR, "expired_code", Map.of()),
                        event(EventType.UPDATE_CREDENTIAL, null, Map.of("credential_type", "password")),
                        event(EventType.UPDATE_CREDENTIAL_ERROR, "rejected_by_user", Map.of()))))
                .isEmpty();
    }

    @Test
    @DisplayName("a wrong code in a change, and changes of factors, are attempts")
    void changes() {
        assertThat(attempts.of(Stream.of(
                        event(EventType.UPDATE_CREDENTIAL_ERROR, "x", Map.of("totp_guard_verdict", "mismatch")),
                        event(EventType.REMOVE_CREDENTIAL_ERROR, "x", Map.of("totp_guard_verdict", "locked")),
                        event(EventType.UPDATE_CREDENTIAL, null, Map.of("credential_type", "otp")),
                        event(EventType.REMOVE_CREDENTIAL, null, Map.of("credential_type", "otp")))))
                .extracting(Attempt::event)
                .containsExactly("change_refused", "change_refused", "added", "removed");
    }

    @Test
    @DisplayName("at most 20 are listed")
    void bounded() {
        List<Attempt> listed = attempts.of(IntStream.range(0, 100)
                .mapToObj(number -> event(EventType.LOGIN_ERROR, "invalid_user_credentials", Map.of())));

        assertThat(listed).hasSize(20);
    }

    private Attempt only(Event event) {
        List<Attempt> found = attempts.of(Stream.of(event));
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Event event(EventType type, String error, Map<String, String> details) {
        Event event = new Event();
        event.setType(type);
        event.setError(error);
        event.setTime(1_234_567);
        event.setIpAddress("192.0.2.7");
        event.setDetails(details);
        return event;
    }
}
