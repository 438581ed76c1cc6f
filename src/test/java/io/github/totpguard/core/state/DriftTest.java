package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices with clocks that are slightly wrong. */
class DriftTest {
    private static final Lockout LENIENT = new Lockout(100, Duration.ofMinutes(1), Duration.ofHours(1), 100);
    private static final Device PHONE = Devices.totp("phone");
    private static final long STEP = 56_000_000;

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    @Tag("T6")
    @DisplayName("a device that is accepted at an offset moves its window there, ahead and behind")
    void movesTheWindow(int direction) {
        Person person = new Person(policy(1, 4), PHONE);
        assertThat(person.openSteps(PHONE, STEP - 9, STEP + 9, at(STEP))).containsExactly(STEP - 1, STEP, STEP + 1);

        assertThat(person.enters(Devices.code(PHONE, STEP + direction), at(STEP))
                        .reason())
                .isEqualTo(Reason.ACCEPTED);
        assertThat(person.known(PHONE).drift()).isEqualTo(direction);
        long later = STEP + 100;
        long centre = later + direction;
        assertThat(person.openSteps(PHONE, later - 9, later + 9, at(later)))
                .containsExactly(centre - 1, centre, centre + 1);

        assertThat(person.enters(Devices.code(PHONE, centre + direction), at(later))
                        .reason())
                .isEqualTo(Reason.ACCEPTED);
        assertThat(person.known(PHONE).drift()).isEqualTo(2 * direction);
    }

    @Test
    @Tag("T6")
    @DisplayName("if the clock is set right again, the window moves back")
    void movesBack() {
        Person person = new Person(policy(1, 4), PHONE);
        person.enters(Devices.code(PHONE, STEP + 1), at(STEP));
        person.enters(Devices.code(PHONE, STEP + 50), at(STEP + 50));
        assertThat(person.known(PHONE).drift()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    @Tag("S30")
    @DisplayName("a clock that drifts further for 1000 logins moves the window to its limit and no further")
    void runsAway(int direction) {
        Person person = new Person(policy(1, 4), PHONE);
        int offset = 0;
        for (int login = 0; login < 1000; login++) {
            long now = STEP + login * 20L;
            // Always as far off as is still accepted.
            offset = person.couldEnter(Devices.code(PHONE, now + offset + direction), at(now))
                    ? offset + direction
                    : offset;
            assertThat(person.enters(Devices.code(PHONE, now + offset), at(now)).reason())
                    .isEqualTo(Reason.ACCEPTED);
            assertThat(person.known(PHONE).drift()).isBetween(-4, 4);
            if (login % 50 == 0) {
                assertThat(person.openSteps(PHONE, now, now + 40, at(now + 20))).hasSize(3);
            }
        }
        assertThat(offset).as("the edge of the window that moved furthest").isEqualTo(5 * direction);
        assertThat(person.known(PHONE).drift()).isEqualTo(4 * direction);
    }

    @Test
    @Tag("S30")
    @DisplayName("a stricter policy also limits drift that was remembered before")
    void policyMadeSmaller() {
        Person person = new Person(policy(3, 4), PHONE);
        person.enters(Devices.code(PHONE, STEP + 3), at(STEP));
        long later = STEP + 100;
        person.isNowUnder(policy(1, 2));
        assertThat(person.openSteps(PHONE, later - 9, later + 9, at(later)))
                .containsExactly(later + 1, later + 2, later + 3);
        person.isNowUnder(policy(0, 0));
        assertThat(person.openSteps(PHONE, later - 9, later + 9, at(later))).containsExactly(later);
        person.enters(Devices.code(PHONE, later), at(later));
        assertThat(person.known(PHONE).drift()).isZero();
    }

    @Test
    @Tag("T6")
    @DisplayName("each device has a drift of its own")
    void perDevice() {
        Device tablet = Devices.totp("tablet", 60);
        Person person = new Person(policy(1, 4), PHONE, tablet);
        person.enters(Devices.code(PHONE, STEP + 1), at(STEP));
        person.enters(Devices.code(tablet, STEP / 2 - 1), at(STEP));
        assertThat(person.known(PHONE).drift()).isEqualTo(1);
        assertThat(person.known(tablet).drift()).isEqualTo(-1);
    }

    @Test
    @Tag("H4")
    @DisplayName("a counter has no drift")
    void hotp() {
        Device token = Devices.hotp("token", 0);
        Person person = new Person(policy(3, 4), token);
        person.enters(Devices.code(token, 3), at(STEP));
        assertThat(person.known(token)).isEqualTo(new DeviceState(3, at(STEP), 0));
    }

    @Test
    @Tag("S29")
    @DisplayName("drift near time 0 reaches no step before the first")
    void beginningOfTime() {
        Person person = new Person(policy(2, 4), PHONE);
        Instant third = Instant.ofEpochSecond(60);
        person.enters(Devices.code(PHONE, 0), third);
        assertThat(person.known(PHONE).drift()).isEqualTo(-2);
        assertThat(person.openSteps(PHONE, 0, 9, third)).containsExactly(1L, 2L);
    }

    @Test
    @Tag("S29")
    @Tag("S30")
    @DisplayName("limits out of range are refused")
    void refused() {
        new Drift(0, 0);
        new Drift(100, 100);
        new DeviceState(0, Instant.EPOCH, 100);
        new DeviceState(0, Instant.EPOCH, -100);
        assertThatIllegalArgumentException().isThrownBy(() -> new Drift(-1, 0)).withMessageContaining("maxSteps");
        assertThatIllegalArgumentException().isThrownBy(() -> new Drift(101, 0)).withMessageContaining("maxSteps");
        assertThatIllegalArgumentException().isThrownBy(() -> new Drift(0, -1)).withMessageContaining("resyncSteps");
        assertThatIllegalArgumentException().isThrownBy(() -> new Drift(0, 101)).withMessageContaining("resyncSteps");
        for (int drift : new int[] {-101, 101, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new DeviceState(0, Instant.EPOCH, drift));
        }
    }

    private static AttemptRules policy(int window, int maxDriftSteps) {
        return new AttemptRules(window, new Drift(maxDriftSteps, 0), LENIENT, Optional.empty());
    }

    private static Instant at(long step) {
        return Instant.ofEpochSecond(step * 30 + 7);
    }
}
