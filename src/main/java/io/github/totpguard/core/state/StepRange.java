package io.github.totpguard.core.state;

/** Steps from the first to the last, both included. Steps below 0 do not exist, and Long.MAX_VALUE is the last step. */
record StepRange(long first, long last) {
    /** The range with the given number of steps before and after the middle. */
    static StepRange around(long middle, int steps) {
        return new StepRange(middle - steps, plus(middle, steps));
    }

    static StepRange ahead(long first, int steps) {
        return new StepRange(first, plus(first, steps));
    }

    static StepRange only(long step) {
        return new StepRange(step, step);
    }

    boolean contains(long step) {
        return step >= first && step <= last;
    }

    boolean isOneStep() {
        return first == last;
    }

    /** Adds to a step that is 0 or more. */
    static long plus(long step, int steps) {
        return steps > 0 && step > Long.MAX_VALUE - steps ? Long.MAX_VALUE : step + steps;
    }
}
