package io.github.totpguard.core.state;

/** Steps from the first to the last, both among them. Steps below 0 do not exist, and nothing is beyond the last long. */
record StepRange(long first, long last) {
    /** As many steps either side of the middle. */
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

    /** For a step that is 0 or more. */
    static long plus(long step, int steps) {
        return steps > 0 && step > Long.MAX_VALUE - steps ? Long.MAX_VALUE : step + steps;
    }
}
