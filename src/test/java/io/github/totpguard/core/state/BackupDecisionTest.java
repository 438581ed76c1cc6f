package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.totpguard.core.state.BackupAttempt.Guess;
import io.github.totpguard.core.state.Verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BackupDecisionTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_680_000_000);
    private static final String CODES = "codes";
    private static final Lockout LOCKOUT = new Lockout(3, Duration.ofSeconds(60), Duration.ofSeconds(600), 10);
    private static final AttemptRules POLICY =
            new AttemptRules(1, new Drift(4, 20), LOCKOUT, Optional.of(Duration.ofHours(1)));

    private final List<Integer> asked = new ArrayList<>();
    private SecondFactorState state = SecondFactorState.EMPTY;
    private Instant now = NOW;

    @Test
    @Tag("N10")
    @Tag("A1")
    @DisplayName("each number is accepted once, in any order, and a spent one counts as a failure")
    void onceInAnyOrder() {
        for (int number : new int[] {7, 1, 20}) {
            assertThat(enter(number, true).reason()).isEqualTo(Reason.ACCEPTED);
            assertThat(enter(number, true).reason()).isEqualTo(Reason.REPLAYED);
            assertThat(state.throttle().failures()).isEqualTo(1);
        }
        assertThat(state.spent(CODES)).contains(new SpentCodes(Set.of(1, 7, 20), NOW));
    }

    @Test
    @Tag("N10")
    @DisplayName("in a set with a fixed order, the first unspent code is checked; if all are spent, the first one")
    void inOrder() {
        for (int expected : new int[] {1, 2, 3, 1}) {
            Guess guess = new Guess(CODES, List.of(1, 2, 3), this::right);
            Verdict verdict = decide(Optional.of(guess)).verdict();
            assertThat(verdict.accepted()).isEqualTo(asked.size() < 4);
            assertThat(asked.get(asked.size() - 1)).isEqualTo(expected);
        }
    }

    @Test
    @Tag("S7")
    @Tag("N4")
    @DisplayName(
            "wrong backup codes and wrong one-time codes share one count, and a timed lock refuses without evaluation")
    void locks() {
        state = state.with(new Throttle(2, 2, 0, Optional.empty()));
        Verdict third = enter(4, false);
        assertThat(third.reason()).isEqualTo(Reason.MISMATCH);
        assertThat(third.lock()).contains(new Lock(Optional.of(NOW.plusSeconds(60)), true));
        asked.clear();
        now = NOW.plusSeconds(59);
        Verdict right = enter(4, true);
        assertThat(right.reason()).isEqualTo(Reason.LOCKED);
        assertThat(right.lock()).contains(new Lock(Optional.of(NOW.plusSeconds(60)), false));
        assertThat(asked).isEmpty();
        assertThat(state.spentCodes()).isEmpty();
        now = NOW.plusSeconds(60);
        assertThat(enter(4, true).reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(state.throttle()).isEqualTo(Throttle.NONE);
    }

    @Test
    @Tag("N5")
    @DisplayName("a right backup code opens a hard lock; wrong ones during the lock set the longest timed locks")
    void hardLock() {
        state = state.with(new Throttle(10, 1, 3, Optional.of(NOW.minusSeconds(1))));
        assertThat(enter(1, false).lock()).isEmpty();
        assertThat(enter(1, false).lock()).contains(new Lock(Optional.of(NOW.plusSeconds(600)), true));
        assertThat(enter(1, true).reason()).isEqualTo(Reason.LOCKED);
        now = NOW.plusSeconds(600);
        for (int i = 0; i < 2; i++) {
            assertThat(enter(1, false).lock()).isEmpty();
        }
        assertThat(enter(1, false).lockedUntil()).contains(NOW.plusSeconds(1200));
        now = NOW.plusSeconds(1200);
        assertThat(enter(1, true).reason()).isEqualTo(Reason.ACCEPTED);
        assertThat(state.throttle()).isEqualTo(Throttle.NONE);
    }

    @Test
    @DisplayName("the wrong backup code that starts the hard lock reports it, and the user is told by mail")
    void reachesHardLock() {
        state = state.with(new Throttle(9, 0, 3, Optional.of(NOW.minusSeconds(1))));
        Decision decision = decide(guess(1, false));
        assertThat(decision.verdict().lock()).contains(new Lock(Optional.empty(), true));
        assertThat(decision.notice()).isEqualTo(Notice.HARD_LOCKED);
        assertThat(decide(guess(1, false)).notice()).isEqualTo(Notice.NONE);
    }

    @Test
    @DisplayName("the user is warned of wrong backup codes as of one-time codes: at the second one, once in an hour")
    void warns() {
        assertThat(decide(guess(1, false)).notice()).isEqualTo(Notice.NONE);
        assertThat(decide(guess(1, false)).notice()).isEqualTo(Notice.WRONG_CODES);
        assertThat(state.lastWarned()).contains(NOW);
    }

    @Test
    @DisplayName("an input that is not a backup code is not counted, and reveals nothing to locked users")
    void malformed() {
        assertThat(decide(Optional.empty()).verdict().reason()).isEqualTo(Reason.MALFORMED);
        assertThat(state).isEqualTo(SecondFactorState.EMPTY);
        state = state.with(new Throttle(3, 0, 1, Optional.of(NOW.plusSeconds(1))));
        assertThat(decide(Optional.empty()).verdict().reason()).isEqualTo(Reason.LOCKED);
    }

    @Test
    @Tag("S25")
    @DisplayName("a code that is spent in one set is not spent in another")
    void otherSet() {
        enter(1, true);
        Guess other = new Guess("other", List.of(1), this::right);
        assertThat(decide(Optional.of(other)).verdict().deviceId()).contains("other");
    }

    @Test
    @Tag("S6")
    @DisplayName("a backup code is an attempt like any other, so a far code before it is forgotten")
    void forgetsFarSteps() {
        for (boolean right : new boolean[] {true, false}) {
            state = SecondFactorState.EMPTY.withFarSteps(Map.of("phone", 9L));
            enter(1, right);
            assertThat(state.farSteps()).isEmpty();
        }
    }

    @Test
    @DisplayName("an absent set is forgotten a day after its last use, not sooner, and a present one never")
    void forgetsAbsent() {
        state = state.with("gone", new SpentCodes(Set.of(1), NOW))
                .with("old", new SpentCodes(Set.of(2), Instant.EPOCH));
        now = NOW.plus(Duration.ofDays(1));
        enter(3, true);
        assertThat(state.spentCodes()).containsOnlyKeys("gone", CODES);
        now = now.plusSeconds(1);
        enter(4, true);
        assertThat(state.spentCodes()).containsOnlyKeys(CODES);
        now = now.plus(Duration.ofDays(1000));
        enter(5, true);
        assertThat(state.spent(CODES).orElseThrow().numbers()).containsExactlyInAnyOrder(3, 4, 5);
    }

    @Test
    @Tag("S13")
    @DisplayName("invalid values are refused")
    void refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SpentCodes(Set.of(0), NOW));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpentCodes(Set.of(1), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Guess(" ", List.of(1), this::right));
        assertThatIllegalArgumentException().isThrownBy(() -> new Guess(null, List.of(1), this::right));
        assertThatIllegalArgumentException().isThrownBy(() -> new Guess("a", List.of(), this::right));
        assertThatIllegalArgumentException().isThrownBy(() -> new Guess("a", List.of(1), null));
        assertThatIllegalArgumentException().isThrownBy(() -> new BackupAttempt(null, Set.of()));
    }

    private Verdict enter(int number, boolean right) {
        return decide(guess(number, right)).verdict();
    }

    private Optional<Guess> guess(int number, boolean right) {
        return Optional.of(new Guess(CODES, List.of(number), chosen -> right(chosen) && right));
    }

    private boolean right(int number) {
        asked.add(number);
        return true;
    }

    private Decision decide(Optional<Guess> guess) {
        Decision decision = SecondFactorDecision.decide(state, new BackupAttempt(guess, Set.of(CODES)), POLICY, now);
        state = decision.state();
        return decision;
    }
}
