package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The figures of docs/security.md: the chance of an attacker who has the password and guesses for a day. */
class GuessingOddsTest {
    private static final Lockout DEFAULTS = new Lockout(5, Duration.ofSeconds(60), Duration.ofSeconds(3600), 100);
    private static final Instant START = Instant.ofEpochSecond(1_680_000_000);

    @Test
    @Tag("N4")
    @Tag("S10")
    @DisplayName("the defaults allow 100 guesses a day, the first 30 of them in about an hour, and then none")
    void guessesPerDay() {
        assertThat(guesses(DEFAULTS, Duration.ofMinutes(63))).isEqualTo(30);
        assertThat(guesses(DEFAULTS, Duration.ofDays(1))).isEqualTo(100);
        assertThat(guesses(DEFAULTS, Duration.ofDays(30))).isEqualTo(100);
        assertThat(odds(guesses(DEFAULTS, Duration.ofDays(1)), 1, 1)).isCloseTo(3.0e-4, within(1e-6));
        assertThat(odds(guesses(DEFAULTS, Duration.ofDays(1)), 1, 0)).isCloseTo(1.0e-4, within(1e-6));
        assertThat(odds(guesses(DEFAULTS, Duration.ofDays(1)), 5, 1)).isCloseTo(1.5e-3, within(2e-6));
    }

    /**
     * The chance that the given number of guesses of six digits hits one of the codes that are accepted at the time.
     */
    private static double odds(int guesses, int devices, int window) {
        return 1 - Math.pow(1 - devices * (2 * window + 1) / 1e6, guesses);
    }

    /** How many codes are evaluated if an attacker guesses every second. */
    private static int guesses(Lockout lockout, Duration time) {
        Throttle throttle = Throttle.NONE;
        int evaluated = 0;
        for (long second = 0; second < time.toSeconds(); second++) {
            Instant now = START.plusSeconds(second);
            if (throttle.lock(lockout, now).isEmpty()) {
                throttle = throttle.afterFailure(lockout, now);
                evaluated++;
            }
        }
        return evaluated;
    }
}
