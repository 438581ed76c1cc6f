package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Notices that the user gets besides the page. */
class NoticeTest {
    private static final Device PHONE = Devices.totp("phone");
    private static final Device NEW_PHONE = Devices.totp("new phone");
    private static final long STEP = 56_000_000;
    private static final Instant START = Instant.ofEpochSecond(STEP * 30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Lockout LOCKOUT = new Lockout(5, Duration.ofMinutes(1), HOUR, 7);

    private final Person person = new Person(policy(LOCKOUT, Optional.of(HOUR)), PHONE);

    @Test
    @Tag("A8")
    @DisplayName("the second wrong code in a row causes a warning, the first one does not")
    void secondInARow() {
        assertThat(wrong(START)).isEqualTo(Notice.NONE);
        assertThat(wrong(START)).isEqualTo(Notice.WRONG_CODES);
        assertThat(person.state().lastWarned()).contains(START);
    }

    @Test
    @DisplayName("a success between two wrong codes prevents the warning, and a success never causes one")
    void successBetween() {
        wrong(START);
        assertThat(right(START)).isEqualTo(Notice.NONE);
        assertThat(wrong(START)).isEqualTo(Notice.NONE);
        assertThat(person.state().lastWarned()).isEmpty();
    }

    @Test
    @DisplayName(
            "at most one warning is sent in an hour, even if codes were right in between, and another one after that")
    void atMostOneAnHour() {
        wrong(START);
        wrong(START);
        assertThat(wrong(START)).isEqualTo(Notice.NONE);
        right(START);
        Instant before = START.plus(HOUR).minusSeconds(1);
        wrong(before);
        assertThat(wrong(before)).isEqualTo(Notice.NONE);
        assertThat(person.state().lastWarned()).contains(START);
        assertThat(wrong(START.plus(HOUR))).isEqualTo(Notice.WRONG_CODES);
        assertThat(person.state().lastWarned()).contains(START.plus(HOUR));
    }

    @Test
    @DisplayName("wrong codes of a device that is being set up send no warning")
    void enrolment() {
        for (int i = 0; i < 4; i++) {
            assertThat(person.enrols(NEW_PHONE, "000000", START).notice()).isEqualTo(Notice.NONE);
        }
        assertThat(person.state().throttle().failures()).isEqualTo(4);
        assertThat(person.state().lastWarned()).isEmpty();
    }

    @Test
    @Tag("A8")
    @DisplayName(
            "a lock is reported when it begins, also within the hour; later attempts during the lock do not report it again")
    void locks() {
        for (int i = 0; i < 4; i++) {
            wrong(START);
        }
        assertThat(wrong(START)).isEqualTo(Notice.LOCKED);
        assertThat(wrong(START)).isEqualTo(Notice.NONE);
        assertThat(right(START)).isEqualTo(Notice.NONE);
    }

    @Test
    @DisplayName("a user who was told of a lock is not warned of wrong codes in the hour after it")
    void noWarningAfterALock() {
        Person strict = new Person(policy(new Lockout(1, Duration.ofMinutes(1), HOUR, 100), Optional.of(HOUR)), PHONE);
        assertThat(strict.decided("000000", START).notice()).isEqualTo(Notice.LOCKED);
        strict.isNowUnder(policy(LOCKOUT, Optional.of(HOUR)));
        assertThat(strict.decided("000000", START.plusSeconds(60)).notice()).isEqualTo(Notice.NONE);
        assertThat(strict.state().lastWarned()).contains(START);
    }

    @Test
    @Tag("A8")
    @DisplayName("a lock that the setup of a device started is reported too, because it also locks the other devices")
    void lockByEnrolment() {
        for (int i = 0; i < 4; i++) {
            person.enrols(NEW_PHONE, "000000", START);
        }
        assertThat(person.enrols(NEW_PHONE, "000000", START).notice()).isEqualTo(Notice.LOCKED);
    }

    @Test
    @Tag("A8")
    @Tag("N4")
    @DisplayName("the hard lock is reported once, when it begins")
    void hardLock() {
        for (int i = 0; i < 6; i++) {
            wrong(START.plusSeconds(100L * i));
        }
        Instant later = START.plus(HOUR);
        assertThat(wrong(later)).isEqualTo(Notice.HARD_LOCKED);
        assertThat(wrong(later)).isEqualTo(Notice.NONE);
    }

    @Test
    @DisplayName("if notices are switched off, no notice is sent and no time is remembered")
    void toldNothing() {
        person.isNowUnder(policy(LOCKOUT, Optional.empty()));
        for (int i = 0; i < 8; i++) {
            assertThat(wrong(START.plusSeconds(100L * i))).isEqualTo(Notice.NONE);
        }
        assertThat(person.state().lastWarned()).isEmpty();
    }

    private Notice wrong(Instant now) {
        return person.decided("000000", now).notice();
    }

    private Notice right(Instant now) {
        return person.decided(Devices.code(PHONE, now.getEpochSecond() / 30), now)
                .notice();
    }

    private static AttemptRules policy(Lockout lockout, Optional<Duration> warnEvery) {
        return new AttemptRules(1, new Drift(4, 20), lockout, warnEvery);
    }
}
