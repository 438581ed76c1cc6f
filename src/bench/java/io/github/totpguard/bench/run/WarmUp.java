package io.github.totpguard.bench.run;

import io.github.totpguard.bench.Block;
import java.time.Duration;
import java.util.List;

/** Load that is not counted, on all variants in turn. */
final class WarmUp {

    /** Sealing a secret, at the first login, takes the user out of the cache; the second login brings them back. */
    private static final int VISITS = 2;

    private WarmUp() {}

    /** Lasts so long, and until each user has logged in twice. */
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
