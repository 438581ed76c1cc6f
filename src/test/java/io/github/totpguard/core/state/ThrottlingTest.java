package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Failures, locks, and how locks end. */
class ThrottlingTest {
    private static final OtpParameters.Totp TOTP = OtpParameters.Totp.DEFAULT;
    private static final Device PHONE = new Device("phone", OtpSecret.ofBytes(new byte[20]), TOTP, 0);
    private static final Lockout LOCKOUT = new Lockout(3, Duration.ofSeconds(60), Duration.ofSeconds(200), 10);
    private static final AttemptRules POLICY = new AttemptRules(1, new Drift(0, 0), LOCKOUT, Optional.empty());
    private static final Instant START = Instant.ofEpochSecond(1_680_000_000);

    private SecondFactorState state = SecondFactorState.EMPTY;

    @Test
    @Tag("S7")
    @Tag("H3")
    @DisplayName("the third wrong code locks; then nothing is evaluated, and a right code remains valid")
    void locks() {
        assertThat(attempt(wrong(), START).lockedUntil()).isEmpty();
        assertThat(attempt(wrong(), START).lockedUntil()).isEmpty();
        Verdict third = attempt(wrong(), START);
        assertThat(third.reason()).isEqualTo(Reason.MISMATCH);
        assertThat(third.lockedUntil()).contains(START.plusSeconds(60));
        assertThat(third.shut()).isTrue();

        SecondFactorState locked = state;
        for (String input : new String[] {right(START.plusSeconds(59)), wrong(), "no code", null}) {
            Verdict verdict = attempt(input, START.plusSeconds(59));
            assertThat(verdict.reason()).isEqualTo(Reason.LOCKED);
            assertThat(verdict.lockedUntil()).contains(START.plusSeconds(60));
        }
        assertThat(state).isEqualTo(locked);
        assertThat(attempt(right(START.plusSeconds(59)), START.plusSeconds(60)).reason())
                .isEqualTo(Reason.ACCEPTED);
        assertThat(state.throttle()).isEqualTo(Throttle.NONE);
    }

    @Test
    @Tag("N6")
    @DisplayName("the second lock lasts twice as long, the third as long as the policy allows")
    void doubles() {
        Instant now = START;
        for (int seconds : new int[] {60, 120, 200}) {
            Instant begin = now;
            attempt(wrong(), now);
            attempt(wrong(), now);
            assertThat(attempt(wrong(), now).lockedUntil()).contains(begin.plusSeconds(seconds));
            now = now.plusSeconds(seconds);
        }
    }

    @Test
    @Tag("N4")
    @DisplayName("after ten failures in a row the lock does not end by itself, only an administrator opens it")
    void hardLock() {
        Instant now = START;
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(1000);
            assertThat(attempt(wrong(), now).reason()).isEqualTo(Reason.MISMATCH);
        }
        Instant later = now.plus(Duration.ofDays(1000));
        Verdict verdict = attempt(right(later), later);
        assertThat(verdict.reason()).isEqualTo(Reason.HARD_LOCKED);
        assertThat(verdict.lockedUntil()).isEmpty();
        assertThat(verdict.shut()).isTrue();

        state = state.unlocked();
        assertThat(attempt(right(later), later).reason()).isEqualTo(Reason.ACCEPTED);
    }

    @Test
    @Tag("N4")
    @DisplayName("the attempt that starts a lock reports it, and so does each attempt during the lock")
    void beginsOrMeets() {
        assertThat(attempt(wrong(), START).shut()).isFalse();
        attempt(wrong(), START);
        Instant until = START.plusSeconds(60);
        assertThat(attempt(wrong(), START.plusMillis(999)).lock()).contains(new Lock(Optional.of(until), true));
        assertThat(attempt(wrong(), until.minusMillis(1)).lock()).contains(new Lock(Optional.of(until), false));

        Instant later = START;
        for (int i = 0; i < 6; i++) {
            later = later.plusSeconds(1000);
            attempt(wrong(), later);
        }
        later = later.plusSeconds(1000);
        Verdict tenth = attempt(wrong(), later);
        assertThat(tenth.reason()).isEqualTo(Reason.MISMATCH);
        assertThat(tenth.lock()).contains(new Lock(Optional.empty(), true));
        assertThat(attempt(right(later), later).lock()).contains(new Lock(Optional.empty(), false));
    }

    @Test
    @Tag("N5")
    @Tag("S16")
    @DisplayName(
            "a replayed code counts like a wrong one, a malformed one does not count, and a success resets the count")
    void counts() {
        assertThat(attempt(right(START), START).reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(attempt(right(START), START).reason()).isEqualTo(Reason.REPLAYED);
        assertThat(attempt("no code", START).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(attempt(wrong(), START).lockedUntil()).isEmpty();
        assertThat(state.throttle().failures()).isEqualTo(2);
        Instant later = START.plusSeconds(60);
        assertThat(attempt(right(later), later).reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(state.throttle()).isEqualTo(Throttle.NONE);
    }

    @Property(tries = 300)
    @net.jqwik.api.Tag("S7")
    @net.jqwik.api.Tag("S8")
    @net.jqwik.api.Tag("S9")
    @net.jqwik.api.Tag("N4")
    @Label("random sequences agree with a naive model: never more evaluations between locks than allowed")
    void agreesWithModel(@ForAll("histories") List<Try> history) {
        state = SecondFactorState.EMPTY;
        long now = START.getEpochSecond();
        int inRow = 0;
        int sinceLock = 0;
        int locks = 0;
        long lockedUntil = 0;
        for (Try next : history) {
            now += next.pauseSeconds();
            Instant instant = Instant.ofEpochSecond(now);
            boolean right = next.right();
            Verdict verdict = attempt(right ? right(instant) : wrong(), instant);
            if (inRow >= 10) {
                assertThat(verdict.reason()).isEqualTo(Reason.HARD_LOCKED);
            } else if (now < lockedUntil) {
                assertThat(verdict.reason()).isEqualTo(Reason.LOCKED);
            } else if (verdict.accepted()) {
                assertThat(right).isTrue();
                inRow = sinceLock = locks = 0;
            } else {
                assertThat(verdict.reason()).isIn(Reason.MISMATCH, Reason.REPLAYED);
                inRow++;
                sinceLock++;
                assertThat(sinceLock).isLessThanOrEqualTo(3);
                if (sinceLock == 3) {
                    sinceLock = 0;
                    lockedUntil = now + Math.min(200, 60L << locks);
                    locks++;
                    assertThat(verdict.lockedUntil()).contains(Instant.ofEpochSecond(lockedUntil));
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Try>> histories() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)),
                        Arbitraries.integers().between(0, 90))
                .as(Try::new)
                .list()
                .ofMaxSize(60);
    }

    /** A right or a wrong code, after a pause. */
    record Try(boolean right, int pauseSeconds) {}

    private Verdict attempt(String input, Instant now) {
        Attempt attempt = new Attempt(OneTimeCode.parse(input), List.of(PHONE), Set.of("phone"));
        Decision decision = SecondFactorDecision.decide(state, attempt, POLICY, now);
        state = decision.state();
        return decision.verdict();
    }

    private static String right(Instant now) {
        return CodeGenerator.code(PHONE.secret(), TOTP, TOTP.stepAt(now.getEpochSecond()));
    }

    /** The code of a step far in the past. */
    private static String wrong() {
        return CodeGenerator.code(PHONE.secret(), TOTP, 1);
    }
}
