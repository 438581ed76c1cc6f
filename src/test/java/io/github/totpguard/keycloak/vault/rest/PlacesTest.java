package io.github.totpguard.keycloak.vault.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.totpguard.keycloak.vault.rest.Places.NoPlaceException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Places for expensive work")
final class PlacesTest {
    private final Places places = new Places(2);

    @Test
    @Tag("S44")
    @DisplayName("each user gets one place, there are two in total, and the next request is refused immediately")
    void bounded() throws NoPlaceException {
        String done = places.run("realm", "alice", () -> {
            assertThat(refusal("alice").own()).isTrue();
            return nested("bob", () -> {
                assertThat(refusal("carol").own()).isFalse();
                assertThat(refusal("bob").own()).isTrue();
                return "done";
            });
        });
        assertThat(done).isEqualTo("done");
    }

    @Test
    @DisplayName("a place is free again after its work has ended, even with an error")
    void left() throws NoPlaceException {
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowableOfType(
                            IllegalStateException.class,
                            () -> places.run("realm", "alice", () -> {
                                throw new IllegalStateException("failed");
                            })))
                    .isNotNull();
        }
        assertThat(places.<String>run("realm", "alice", () -> nested("bob", () -> "done")))
                .isEqualTo("done");
    }

    @Test
    @DisplayName("users with the same id in two realms are different users")
    void realms() throws NoPlaceException {
        String done = places.run("realm", "alice", () -> {
            try {
                return places.run("other", "alice", () -> "done");
            } catch (NoPlaceException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(done).isEqualTo("done");
    }

    private String nested(String user, Supplier<String> work) {
        try {
            return places.run("realm", user, work);
        } catch (NoPlaceException e) {
            throw new AssertionError(e);
        }
    }

    private NoPlaceException refusal(String user) {
        NoPlaceException refusal =
                catchThrowableOfType(NoPlaceException.class, () -> places.run("realm", user, () -> "done"));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }
}
