package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.Optional;

/** Chooses the notice that the user gets of a refused attempt. */
record Warning(Notice notice, Instant now) {
    /** The first wrong code is usually a typing error, so it causes no warning. */
    private static final int MIN_FAILURES_TO_WARN = 2;

    /** @param ofStored whether the attempt is a login with a stored device, not the setup of a new one */
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
        boolean warnedRecently = after.lastWarned()
                .filter(warned -> now.isBefore(warned.plus(rules.warnEvery().get())))
                .isPresent();
        boolean mayWarn = after.throttle().failures() >= MIN_FAILURES_TO_WARN && ofStored;
        return mayWarn && !warnedRecently ? Notice.WRONG_CODES : Notice.NONE;
    }

    Decision add(SecondFactorState after, Verdict verdict) {
        return new Decision(notice == Notice.NONE ? after : after.warnedAt(now), verdict, notice);
    }
}
