package io.github.totpguard.bench.run;

import io.github.totpguard.bench.Block;
import java.time.Duration;
import java.util.List;

/** Load that is not measured, on all variants in turn. */
final class WarmUp {

    /**
     * The first login seals the secret, which removes the user from the cache. The second login adds the user again.
     */
    private static final int VISITS = 2;

    private WarmUp() {}

    /** Runs at least for this duration, and until each user has logged in twice. */
    static void of(Load load, List<Variant> variants, Duration length, Duration block) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < length.toNanos()
                || variants.stream().anyMatch(variant -> variant.crowd().fewestVisits() < VISITS)) {
            for (Variant variant : variants) {
                Block passed = load.block(0, variant, block);
                if (passed.errors() > 0) {
                    throw new AssertionError(
                            "in the warm-up: " + load.problems().get(0));
                }
            }
        }
    }
}
