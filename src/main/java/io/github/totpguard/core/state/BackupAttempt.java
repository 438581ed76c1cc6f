package io.github.totpguard.core.state;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * One attempt to log in with a backup code.
 *
 * @param guess the code that was entered; empty if the input cannot be a code of the user
 * @param storedIds the ids of all the user's sets of backup codes; the state of these sets is kept
 */
public record BackupAttempt(Optional<Guess> guess, Set<String> storedIds) {
    public BackupAttempt {
        if (guess == null) {
            throw new IllegalArgumentException("guess is missing");
        }
        storedIds = Set.copyOf(storedIds);
    }

    /**
     * A check of an input against one set.
     *
     * @param credentialId the id of the set
     * @param numbers of the codes that are possible: the number that was entered, or all numbers of a set that must be
     *     used in order. The first number that is not spent is checked.
     * @param matches whether the input is the code of that number. This is expensive. It is called exactly once if the
     *     attempt is evaluated, whatever the number, and not at all otherwise
     */
    public record Guess(String credentialId, List<Integer> numbers, IntPredicate matches) {
        public Guess {
            if (credentialId == null || credentialId.isBlank()) {
                throw new IllegalArgumentException("credentialId is missing");
            }
            numbers = List.copyOf(numbers);
            if (numbers.isEmpty()) {
                throw new IllegalArgumentException("numbers is empty");
            }
            if (matches == null) {
                throw new IllegalArgumentException("matches is missing");
            }
        }

        int numberToCheck(Set<Integer> spent) {
            return numbers.stream()
                    .filter(number -> !spent.contains(number))
                    .findFirst()
                    .orElse(numbers.get(0));
        }
    }
}
