package io.github.totpguard.keycloak.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that was probably meant: the one with the fewest changes of single letters (Levenshtein distance). */
final class NearestName {
    private NearestName() {}

    /** @param names at least one */
    static String among(Collection<String> names, String entered) {
        return names.stream()
                .min(Comparator.<String>comparingInt(name -> distance(lower(name), lower(entered)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
