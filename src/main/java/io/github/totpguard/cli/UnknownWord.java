package io.github.totpguard.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * An unknown word on the command line. It may be a secret, and standard error may be a log, so the word is repeated
 * only if it is clearly a typing error: short, only letters, and similar to a known word.
 */
final class UnknownWord {

    private static final int MAX_REPEATED = 24;
    private static final int MAX_DIFFERENCES = 2;

    private final String word;
    private final Optional<String> nearest;

    /** @param known the known words, with their dashes */
    UnknownWord(String word, Collection<String> known) {
        this.word = word;
        this.nearest = word.length() > MAX_REPEATED
                ? Optional.empty()
                : known.stream().sorted().min(Comparator.comparingInt(other -> distance(word, other)));
    }

    /** The known word with the fewest differences; empty if the word is too long to be one of them. */
    Optional<String> nearest() {
        return nearest;
    }

    boolean isTypingError() {
        return word.matches("-{0,2}[A-Za-z-]+") && nearest.filter(this::isNear).isPresent();
    }

    /** In a short word, at least half of the letters must be right. */
    private boolean isNear(String known) {
        return distance(word, known) <= Math.min(MAX_DIFFERENCES, word.length() / 2);
    }

    @Override
    public String toString() {
        return isTypingError() ? word : "(not repeated)";
    }

    /** The number of letters to change, add, remove, or swap with their neighbour (optimal string alignment). */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(from, to, cost, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(String from, String to, int[][] cost, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
