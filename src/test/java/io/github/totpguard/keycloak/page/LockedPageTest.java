package io.github.totpguard.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Locked page")
class LockedPageTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:30Z");

    @ParameterizedTest(name = "{0}: {1}, {2} minutes")
    @DisplayName("the end is rounded up to a minute, and has a date if it is more than twelve hours away")
    @CsvSource({
        "2026-11-28T12:01:30Z, 12:02 UTC, 2",
        "2026-11-28T12:01:29Z, 12:02 UTC, 1",
        "2026-11-28T12:05:00Z, 12:05 UTC, 5",
        "2026-11-28T23:59:01Z, 00:00 UTC, 719",
        "2026-11-29T00:00:31Z, 2026-11-29 00:01 UTC, 721",
        "2026-12-05T12:00:30Z, 2026-12-05 12:01 UTC, 10081"
    })
    void end(Instant until, String text, long minutes) {
        LockedPage.Model model = new LockedPage.Model(Optional.of(until), NOW);
        assertThat(model.getUntilText()).isEqualTo(text);
        assertThat(model.getMinutes()).isEqualTo(minutes);
        assertThat(model.getUntilIso()).isEqualTo(until.toString());
        assertThat(model.getUntil()).isEqualTo(until.getEpochSecond());
        assertThat(model.isHard()).isFalse();
    }

    @Test
    @DisplayName("a hard lock has no end")
    void hard() {
        LockedPage.Model model = new LockedPage.Model(Optional.empty(), NOW);
        assertThat(model.isHard()).isTrue();
        assertThat(model.getUntil()).isZero();
        assertThat(model.getUntilIso()).isEmpty();
        assertThat(model.getUntilText()).isEmpty();
    }
}
