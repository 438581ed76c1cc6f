package io.github.totpguard.keycloak.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventType;

@DisplayName("Mails of Keycloak's own e-mail listener")
class KeycloakMailTest {
    private static final Optional<List<String>> UNSET = Optional.empty();

    @Test
    @DisplayName("by default, Keycloak mails changes of devices, but not logins")
    void byDefault() {
        assertThat(KeycloakMail.isIncluded(UNSET, UNSET, EventType.UPDATE_CREDENTIAL))
                .isTrue();
        assertThat(KeycloakMail.isIncluded(UNSET, UNSET, EventType.REMOVE_CREDENTIAL))
                .isTrue();
        assertThat(KeycloakMail.isIncluded(UNSET, UNSET, EventType.LOGIN)).isFalse();
    }

    @Test
    @DisplayName("Keycloak mails the event types that the server's settings include and do not exclude, ignoring case")
    void configured() {
        assertThat(KeycloakMail.isIncluded(
                        types("login_error", "REMOVE_CREDENTIAL"), UNSET, EventType.REMOVE_CREDENTIAL))
                .isTrue();
        assertThat(KeycloakMail.isIncluded(types("login_error"), UNSET, EventType.REMOVE_CREDENTIAL))
                .isFalse();
        assertThat(KeycloakMail.isIncluded(UNSET, types("remove_credential"), EventType.REMOVE_CREDENTIAL))
                .isFalse();
        assertThat(KeycloakMail.isIncluded(UNSET, types("remove_credential"), EventType.UPDATE_CREDENTIAL))
                .isTrue();
    }

    private static Optional<List<String>> types(String... names) {
        return Optional.of(List.of(names));
    }
}
