package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * The state of one set of backup codes.
 *
 * @param numbers of the accepted codes, each 1 or more; none of them is accepted again (NIST SP 800-63B-4 section
 *     3.1.2.2)
 * @param lastUsed when the last of them was accepted
 */
public record SpentCodes(Set<Integer> numbers, Instant lastUsed) {
    public SpentCodes {
        numbers = Set.copyOf(numbers);
        if (numbers.stream().anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException("A number must be 1 or more");
        }
        if (lastUsed == null) {
            throw new IllegalArgumentException("lastUsed is missing");
        }
    }

    SpentCodes and(int number, Instant now) {
        Set<Integer> more = new HashSet<>(numbers);
        more.add(number);
        return new SpentCodes(more, now);
    }
}
