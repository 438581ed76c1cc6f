package io.github.totpguard.core.state;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * One try to get in with a backup code.
 *
 * @param guess what was entered, or empty when it cannot be a code of the user's at all
 * @param storedIds the ids of all the user's sets of backup codes: what is remembered of them is kept
 */
public record BackupAttempt(Optional<Guess> guess, Set<String> storedIds) {
    public BackupAttempt {
        if (guess == null) {
            throw new IllegalArgumentException("guess is missing");
        }
        storedIds = Set.copyOf(storedIds);
    }

    /**
     * An input against one set.
     *
     * @param credentialId the set's id
     * @param numbers of the codes that it may be: the one that was entered, or those of a set that must be used in order. The
     *     first that is not spent is the one that is checked.
     * @param matches whether the input is the code of that number. It is expensive, and is asked exactly once if the
     *     attempt is evaluated and not at all if it is not, whatever the number
     */
    public record Guess(String credentialId, List<Integer> numbers, IntPredicate matches) {
        public Guess {
            if (credentialId == null || credentialId.isBlank()) {
                throw new IllegalArgumentException("credentialId is missing");
            }
            numbers = List.copyOf(numbers);
            if (numbers.isEmpty()) {
                throw new IllegalArgumentException("A guess is at one code at least");
            }
            if (matches == null) {
                throw new IllegalArgumentException("matches is missing");
            }
        }

        int numberBesides(Set<Integer> spent) {
            return numbers.stream()
                    .filter(number -> !spent.contains(number))
                    .findFirst()
                    .orElse(numbers.get(0));
        }
    }
}
