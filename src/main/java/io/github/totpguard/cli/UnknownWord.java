package io.github.totpguard.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * A word on the command line that means nothing there. It may be a secret, and standard error may be a log, so that it is repeated
 * only if it is surely a typing error: short, letters alone, and near a word that means something.
 */
final class UnknownWord {

    private static final int MAX_REPEATED = 24;
    private static final int MAX_DIFFERENCES = 2;

    private final String word;
    private final Optional<String> nearest;

    /** @param known the words that mean something, with their dashes */
    UnknownWord(String word, Collection<String> known) {
        this.word = word;
        this.nearest = word.length() > MAX_REPEATED
                ? Optional.empty()
                : known.stream().sorted().min(Comparator.comparingInt(other -> distance(word, other)));
    }

    /** The known word with the fewest differences; empty if the word is longer than any. */
    Optional<String> nearest() {
        return nearest;
    }

    boolean isTypingError() {
        return word.matches("-{0,2}[A-Za-z-]+") && nearest.filter(this::isNear).isPresent();
    }

    /** Of a short word, at least half has to be right. */
    private boolean isNear(String known) {
        return distance(word, known) <= Math.min(MAX_DIFFERENCES, word.length() / 2);
    }

    @Override
    public String toString() {
        return isTypingError() ? word : "(not repeated)";
    }

    /** Letters to change, add, leave out, or swap with their neighbour (optimal string alignment). */
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
