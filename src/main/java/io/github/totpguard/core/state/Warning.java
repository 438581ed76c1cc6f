package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.Optional;

/** What the user is told of a refused attempt by another way than the page. */
record Warning(Notice notice, Instant now) {
    /** The first wrong code is a slip of the finger more often than not. */
    private static final int FAILURES_WORTH_IT = 2;

    /** @param ofStored whether somebody tries to get in, and does not try out a new device */
    static Warning of(SecondFactorState after, Optional<Lock> lock, boolean ofStored, AttemptRules rules, Instant now) {
        return new Warning(notice(after, lock, ofStored, rules, now), now);
    }

    private static Notice notice(
            SecondFactorState after, Optional<Lock> lock, boolean ofStored, AttemptRules rules, Instant now) {
        if (rules.warnEvery().isEmpty()) {
            return Notice.NONE;
        }
        if (lock.isPresent()) {
            return lock.get().until().isPresent() ? Notice.LOCKED : Notice.HARD_LOCKED;
        }
        boolean toldLately = after.lastWarned()
                .filter(told -> now.isBefore(told.plus(rules.warnEvery().get())))
                .isPresent();
        boolean worthIt = after.throttle().failures() >= FAILURES_WORTH_IT && ofStored;
        return worthIt && !toldLately ? Notice.WRONG_CODES : Notice.NONE;
    }

    Decision add(SecondFactorState after, Verdict verdict) {
        return new Decision(notice == Notice.NONE ? after : after.warnedAt(now), verdict, notice);
    }
}
