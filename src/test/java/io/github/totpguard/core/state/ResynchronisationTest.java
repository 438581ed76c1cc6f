package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two consecutive codes from outside the window. */
class ResynchronisationTest {
    private static final Lockout LENIENT = new Lockout(100, Duration.ofMinutes(1), Duration.ofHours(1), 100);
    private static final Device PHONE = Devices.totp("phone");
    private static final long STEP = 56_000_000;
    private static final Instant NOW = at(STEP);

    @ParameterizedTest
    @CsvSource({"-20, -4", "-5, -4", "-3, -2", "2, 3", "3, 4", "15, 4", "19, 4"})
    @Tag("T6")
    @DisplayName("a far code is wrong, and the next code after it resynchronises the device, behind and ahead")
    void twoConsecutiveCodes(int offset, int drift) {
        Person person = new Person(policy(1), PHONE);
        assertThat(person.enters(Devices.code(PHONE, STEP + offset), NOW)).isEqualTo(Verdict.of(Reason.MISMATCH));
        assertThat(person.state().throttle()).isEqualTo(new Throttle(1, 1, 0, Optional.empty()));
        assertThat(person.state().devices()).isEmpty();

        assertThat(person.enters(Devices.code(PHONE, STEP + offset + 1), NOW))
                .isEqualTo(Verdict.of(Reason.RESYNCHRONISED, "phone"));
        assertThat(person.known(PHONE)).isEqualTo(new DeviceState(STEP + offset + 1, NOW, drift));
        assertThat(person.state().throttle()).isEqualTo(Throttle.NONE);
        assertThat(person.state().farSteps()).isEmpty();
    }

    @Test
    @Tag("T6")
    @DisplayName("a resynchronised device then needs only one code")
    void oneCodeFromThenOn() {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP + 3), NOW);
        person.enters(Devices.code(PHONE, STEP + 4), NOW);
        assertThat(person.enters(Devices.code(PHONE, STEP + 104), at(STEP + 100)))
                .isEqualTo(Verdict.of(Reason.ACCEPTED, "phone"));
    }

    @ParameterizedTest
    @ValueSource(ints = {-22, -21, 20, 21})
    @Tag("T6")
    @DisplayName(
            "the two codes are too far away if the first or the second is more than resyncSteps from the server's time")
    void tooFar(int offset) {
        Person person = new Person(policy(1), PHONE);
        assertThat(person.enters(Devices.code(PHONE, STEP + offset), NOW).reason())
                .isEqualTo(Reason.MISMATCH);
        assertThat(person.enters(Devices.code(PHONE, STEP + offset + 1), NOW).reason())
                .isEqualTo(Reason.MISMATCH);
    }

    @Test
    @Tag("T7")
    @DisplayName("the second code must be near the server's time when it is entered, however long that takes")
    void tooLate() {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP - 10), NOW);
        assertThat(person.couldEnter(Devices.code(PHONE, STEP - 9), at(STEP + 11)))
                .isTrue();
        assertThat(person.couldEnter(Devices.code(PHONE, STEP - 9), at(STEP + 12)))
                .isFalse();
    }

    @Test
    @DisplayName("the same far code again, the one before it, or the second one after it does not resynchronise")
    void onlyTheVeryNext() {
        for (int second : new int[] {8, 9, 11, 12}) {
            Person person = new Person(policy(1), PHONE);
            person.enters(Devices.code(PHONE, STEP + 9), NOW);
            assertThat(person.enters(Devices.code(PHONE, STEP + second), NOW).reason())
                    .as("%d", second)
                    .isEqualTo(Reason.MISMATCH);
        }
    }

    @Test
    @DisplayName("each far code replaces the one before")
    void farAfterFar() {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        person.enters(Devices.code(PHONE, STEP - 9), NOW);
        assertThat(person.couldEnter(Devices.code(PHONE, STEP + 10), NOW)).isFalse();
        assertThat(person.couldEnter(Devices.code(PHONE, STEP - 8), NOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-500, 500})
    @DisplayName("every evaluated attempt between the two removes the first one")
    void forgets(int between) {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        person.enters(Devices.code(PHONE, STEP + between), NOW);
        assertThat(person.state().farSteps()).isEmpty();
        assertThat(person.enters(Devices.code(PHONE, STEP + 10), NOW).reason()).isEqualTo(Reason.MISMATCH);
    }

    @Test
    @Tag("S1")
    @DisplayName("a replayed code and an accepted code between the two remove the first one as well")
    void forgetsAfterUsedAndAccepted() {
        Device tablet = Devices.totp("tablet");
        Person person = new Person(policy(1), PHONE, tablet);
        person.enters(Devices.code(tablet, STEP), NOW);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        assertThat(person.enters(Devices.code(tablet, STEP), NOW).reason()).isEqualTo(Reason.REPLAYED);
        assertThat(person.couldEnter(Devices.code(PHONE, STEP + 10), NOW)).isFalse();

        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        assertThat(person.enters(Devices.code(tablet, STEP + 1), at(STEP + 1)).reason())
                .isEqualTo(Reason.ACCEPTED);
        assertThat(person.couldEnter(Devices.code(PHONE, STEP + 10), at(STEP + 1)))
                .isFalse();
    }

    @Test
    @DisplayName("an input that is not a code between the two changes nothing")
    void malformedBetween() {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        assertThat(person.enters("12 34", NOW).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(person.enters("1234567", NOW).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(person.enters(Devices.code(PHONE, STEP + 10), NOW).reason()).isEqualTo(Reason.RESYNCHRONISED);
    }

    @Test
    @Tag("S7")
    @DisplayName("during a lock nothing is evaluated, so the far code that started the lock is still remembered")
    void lockedBetween() {
        Lockout strict = new Lockout(1, Duration.ofMinutes(1), Duration.ofHours(1), 100);
        Person person = new Person(new AttemptRules(1, new Drift(4, 20), strict, Optional.empty()), PHONE);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        assertThat(person.enters(Devices.code(PHONE, STEP + 10), NOW).reason()).isEqualTo(Reason.LOCKED);
        assertThat(person.enters("000000", NOW).reason()).isEqualTo(Reason.LOCKED);
        assertThat(person.enters(Devices.code(PHONE, STEP + 10), at(STEP + 2)).reason())
                .isEqualTo(Reason.RESYNCHRONISED);
        assertThat(person.known(PHONE).drift()).isEqualTo(4);
    }

    @Test
    @Tag("S6")
    @DisplayName("resynchronisation never makes a spent step valid again")
    void neverBack() {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        assertThat(person.enters(Devices.code(PHONE, STEP + 10), NOW).reason()).isEqualTo(Reason.RESYNCHRONISED);
        for (long step = STEP - 20; step <= STEP + 10; step++) {
            person.enters(Devices.code(PHONE, step), NOW);
            assertThat(person.enters(Devices.code(PHONE, step + 1), NOW).accepted())
                    .as("%d", step - STEP)
                    .isFalse();
        }
    }

    @Test
    @Tag("S6")
    @DisplayName("a far code that is spent is not remembered, and the first one after it is")
    void spentIsNotFar() {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP), NOW);
        Instant later = at(STEP + 10);
        person.enters(Devices.code(PHONE, STEP), later);
        assertThat(person.couldEnter(Devices.code(PHONE, STEP + 1), later)).isFalse();
        person.enters(Devices.code(PHONE, STEP + 1), later);
        assertThat(person.couldEnter(Devices.code(PHONE, STEP + 2), later)).isTrue();
    }

    @Test
    @Tag("S6")
    @DisplayName("a far code from before the last success, which no decision leaves behind, is never accepted")
    void stateThatCannotBe() {
        SecondFactorState state = new SecondFactorState(
                Throttle.NONE,
                Map.of("phone", new DeviceState(STEP + 15, NOW, 4)),
                Map.of("phone", STEP + 9),
                Optional.empty());
        Attempt attempt =
                new Attempt(OneTimeCode.parse(Devices.code(PHONE, STEP + 10)), List.of(PHONE), Set.of("phone"));
        assertThat(SecondFactorDecision.decide(state, attempt, policy(1), NOW)
                        .verdict()
                        .reason())
                .isEqualTo(Reason.MISMATCH);
    }

    @Test
    @DisplayName("with resyncSteps 0, time and counter are never resynchronised, even if a first code is remembered")
    void switchedOff() {
        Device token = Devices.hotp("token", 5);
        AttemptRules off = new AttemptRules(1, new Drift(4, 0), LENIENT, Optional.empty());
        for (Device device : List.of(PHONE, token)) {
            long first = device == token ? 9 : STEP + 9;
            Person person = new Person(off, device);
            person.enters(Devices.code(device, first), NOW);
            assertThat(person.state().farSteps()).isEmpty();
            assertThat(person.couldEnter(Devices.code(device, first + 1), NOW)).isFalse();

            Person before = new Person(policy(1), device);
            before.enters(Devices.code(device, first), NOW);
            before.isNowUnder(off);
            assertThat(before.couldEnter(Devices.code(device, first + 1), NOW)).isFalse();
        }
        // The server's own step is within 0 steps, but the window of a drifting device no longer includes it.
        Person drifting = new Person(new AttemptRules(0, new Drift(4, 20), LENIENT, Optional.empty()), PHONE);
        drifting.enters(Devices.code(PHONE, STEP + 2), NOW);
        drifting.enters(Devices.code(PHONE, STEP + 3), NOW);
        drifting.isNowUnder(new AttemptRules(0, new Drift(4, 0), LENIENT, Optional.empty()));
        drifting.enters(Devices.code(PHONE, STEP + 100), at(STEP + 100));
        assertThat(drifting.state().farSteps()).isEmpty();
    }

    @Test
    @Tag("S14")
    @DisplayName("while a far code is remembered, the window gives up its last step for the step after the far code")
    void givesUpOneStep() {
        for (int window = 0; window <= 3; window++) {
            Person person = new Person(policy(window), PHONE);
            person.enters(Devices.code(PHONE, STEP + 9), NOW);
            List<Long> open = person.openSteps(PHONE, STEP - 30, STEP + 30, NOW);
            assertThat(open).hasSize(2 * window + 1).endsWith(STEP + 10);
            assertThat(open).doesNotContain(STEP + window);
        }
    }

    @Test
    @Tag("S14")
    @DisplayName("with window 0 that is the only step, so after a far code the current code is refused once")
    void windowOfOneStep() {
        Person person = new Person(policy(0), PHONE);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        assertThat(person.enters(Devices.code(PHONE, STEP), NOW).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(person.enters(Devices.code(PHONE, STEP), NOW).reason()).isEqualTo(Reason.ACCEPTED);
    }

    @Test
    @DisplayName("an expired code followed by the current one is accepted, also with window 0")
    void typedTooLate() {
        Person strict = new Person(policy(0), PHONE);
        assertThat(strict.enters(Devices.code(PHONE, STEP - 1), NOW).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(strict.enters(Devices.code(PHONE, STEP), NOW).reason()).isEqualTo(Reason.ACCEPTED);

        for (int late = 2; late <= 20; late++) {
            Person person = new Person(policy(1), PHONE);
            assertThat(person.enters(Devices.code(PHONE, STEP - late), NOW).reason())
                    .isEqualTo(Reason.MISMATCH);
            assertThat(person.enters(Devices.code(PHONE, STEP), NOW).reason())
                    .as("%d steps late", late)
                    .isEqualTo(Reason.ACCEPTED);
        }
    }

    @Test
    @Tag("S14")
    @DisplayName("if the step after the far one is already in the window, the window gives up nothing")
    void nextInTheWindow() {
        Person person = new Person(policy(1), PHONE);
        person.enters(Devices.code(PHONE, STEP - 2), NOW);
        assertThat(person.openSteps(PHONE, STEP - 30, STEP + 30, NOW)).containsExactly(STEP - 1, STEP, STEP + 1);
        assertThat(person.enters(Devices.code(PHONE, STEP - 1), NOW).reason()).isEqualTo(Reason.ACCEPTED);
    }

    @Test
    @Tag("S1")
    @DisplayName("a second code that is also a code of the window by chance is accepted only once")
    void chanceEquality() {
        long second = STEP;
        long present = second + 3;
        // About one in 60 000 steps has the same code as one of the next few.
        while (!Devices.code(PHONE, second).equals(Devices.code(PHONE, present))) {
            present = present < second + 18 ? present + 1 : ++second + 3;
        }
        // No drift is remembered, so the window stays where it is.
        Person person = new Person(new AttemptRules(1, new Drift(0, 20), LENIENT, Optional.empty()), PHONE);
        person.enters(Devices.code(PHONE, second - 1), at(present));
        assertThat(person.enters(Devices.code(PHONE, second), at(present)).accepted())
                .isTrue();
        assertThat(person.enters(Devices.code(PHONE, second), at(present)).reason())
                .isEqualTo(Reason.REPLAYED);
    }

    @Test
    @DisplayName("of two devices, only the one with two consecutive codes is resynchronised")
    void twoDevices() {
        Device tablet = Devices.totp("tablet", 60);
        Person person = new Person(policy(1), PHONE, tablet);
        person.enters(Devices.code(PHONE, STEP), NOW);
        DeviceState phone = person.known(PHONE);
        long step = STEP / 2;
        person.enters(Devices.code(tablet, step - 9), NOW);
        assertThat(person.state().farSteps()).containsOnlyKeys("tablet");
        assertThat(person.couldEnter(Devices.code(PHONE, STEP - 8), NOW)).isFalse();
        assertThat(person.enters(Devices.code(tablet, step - 8), NOW))
                .isEqualTo(Verdict.of(Reason.RESYNCHRONISED, "tablet"));
        assertThat(person.known(tablet).drift()).isEqualTo(-4);
        assertThat(person.known(PHONE)).isEqualTo(phone);
    }

    @Test
    @DisplayName("a far code of one device and then one of another device resynchronise nothing")
    void crosswise() {
        Device tablet = Devices.totp("tablet");
        Person person = new Person(policy(1), PHONE, tablet);
        person.enters(Devices.code(PHONE, STEP + 9), NOW);
        assertThat(person.enters(Devices.code(tablet, STEP + 10), NOW).reason()).isEqualTo(Reason.MISMATCH);
        assertThat(person.enters(Devices.code(PHONE, STEP + 10), NOW).reason()).isEqualTo(Reason.MISMATCH);
    }

    @Test
    @DisplayName("a new device with a wrong clock can be set up with two consecutive codes")
    void enrolment() {
        Device tablet = Devices.totp("tablet");
        Person person = new Person(policy(1), PHONE);
        assertThat(person.enrols(tablet, Devices.code(tablet, STEP + 9), NOW)
                        .verdict()
                        .reason())
                .isEqualTo(Reason.MISMATCH);
        assertThat(person.enrols(tablet, Devices.code(tablet, STEP + 10), NOW)
                        .verdict()
                        .reason())
                .isEqualTo(Reason.RESYNCHRONISED);
    }

    @Test
    @Tag("H4")
    @DisplayName("two consecutive counters beyond the look-ahead window resynchronise a counter")
    void hotp() {
        Device token = Devices.hotp("token", 5);
        Person person = new Person(policy(3), token);
        assertThat(person.enters(Devices.code(token, 24), NOW)).isEqualTo(Verdict.of(Reason.MISMATCH));
        assertThat(person.openSteps(token, 0, 60, NOW)).containsExactly(5L, 6L, 7L, 25L);
        assertThat(person.enters(Devices.code(token, 25), NOW)).isEqualTo(Verdict.of(Reason.RESYNCHRONISED, "token"));
        assertThat(person.known(token)).isEqualTo(new DeviceState(25, NOW, 0));
        assertThat(person.openSteps(token, 0, 60, NOW)).containsExactly(26L, 27L, 28L, 29L);
    }

    @Test
    @Tag("H4")
    @DisplayName("a counter never goes back, not even with two consecutive codes, and the search has a limit")
    void hotpBounds() {
        Device token = Devices.hotp("token", 30);
        Person person = new Person(policy(3), token);
        for (long first : new long[] {10, 27, 28, 29, 50, 51}) {
            person.enters(Devices.code(token, first), NOW);
            assertThat(person.couldEnter(Devices.code(token, first + 1), NOW))
                    .as("%d", first)
                    .isEqualTo(first == 29);
        }
        person.enters(Devices.code(token, 49), NOW);
        assertThat(person.couldEnter(Devices.code(token, 50), NOW)).isTrue();
    }

    @Test
    @Tag("S29")
    @Tag("S35")
    @DisplayName("the last possible counter is accepted once, and nothing after it")
    void lastCounter() {
        Device token = Devices.hotp("token", Long.MAX_VALUE - 9);
        Person person = new Person(policy(3), token);
        String last = Devices.code(token, Long.MAX_VALUE);
        person.enters(last, NOW);
        assertThat(person.couldEnter(last, NOW)).as("no successor of itself").isFalse();
        person.enters(Devices.code(token, Long.MAX_VALUE - 1), NOW);
        assertThat(person.enters(last, NOW).reason()).isEqualTo(Reason.RESYNCHRONISED);
        assertThat(person.enters(last, NOW).reason()).isEqualTo(Reason.REPLAYED);
    }

    private static AttemptRules policy(int window) {
        return new AttemptRules(window, new Drift(4, 20), LENIENT, Optional.empty());
    }

    private static Instant at(long step) {
        return Instant.ofEpochSecond(step * 30 + 7);
    }
}
