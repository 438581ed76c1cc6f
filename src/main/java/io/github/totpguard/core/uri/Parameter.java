package io.github.totpguard.core.uri;

import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The known parameters of an {@code otpauth://} URI, and the detection of misspelt ones. */
enum Parameter {
    SECRET,
    ISSUER,
    ALGORITHM("algo", "alg"),
    DIGITS("digit"),
    PERIOD("interval", "step", "timestep"),
    COUNTER,
    ENCODER;

    private static final List<Parameter> CHANGING_CODES = List.of(SECRET, ALGORITHM, DIGITS, PERIOD, COUNTER, ENCODER);
    private static final int SHORT = 4;

    private final Set<String> aliases;

    Parameter(String... aliases) {
        this.aliases = Set.of(aliases);
    }

    /** @param name in any case */
    static Optional<Parameter> named(String name) {
        for (Parameter parameter : values()) {
            if (parameter.name().equalsIgnoreCase(name)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    /** The parameter for which other programs use this name. */
    static Optional<Parameter> alias(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Parameter parameter : values()) {
            if (parameter.aliases.contains(lower)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    /** The parameter that changes the codes and has a similar name. */
    static Optional<Parameter> similar(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return CHANGING_CODES.stream()
                .filter(parameter -> parameter.isSimilarTo(letters))
                .findFirst();
    }

    /**
     * Refuses a name that is unknown but similar to a parameter that changes the codes, because its value would be
     * lost.
     *
     * @throws InvalidOtpAuthUriException if the name is similar
     */
    static void refuseSimilar(String name) {
        similar(name).ifPresent(parameter -> {
            throw new InvalidOtpAuthUriException(
                    Reason.SIMILAR_PARAMETER,
                    "A parameter is not called " + parameter + ", but nearly: correct its name or remove it");
        });
    }

    private boolean isSimilarTo(String letters) {
        String known = toString();
        return letters.contains(known)
                || letters.length() >= SHORT - 1 && known.startsWith(letters)
                || letters.length() <= 2 * known.length()
                        && distance(known, letters) <= (letters.length() <= SHORT ? 1 : 2);
    }

    /**
     * The number of letters that are wrong, missing, extra, or swapped with their neighbour (Damerau-Levenshtein
     * distance).
     */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean exchanged =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (exchanged) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
