package io.github.totpguard.keycloak.gate;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/** An expensive answer, which an attempt that has to be decided again does not ask for a second time. */
final class AskedOnce implements IntPredicate {
    private final IntPredicate expensive;
    private final Map<Integer, Boolean> answers = new HashMap<>();

    AskedOnce(IntPredicate expensive) {
        this.expensive = expensive;
    }

    @Override
    public boolean test(int number) {
        return answers.computeIfAbsent(number, expensive::test);
    }
}
