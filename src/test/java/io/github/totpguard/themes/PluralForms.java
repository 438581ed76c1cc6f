package io.github.totpguard.themes;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The plural form that a language uses for a whole number, as {@code Intl.PluralRules} of browsers says it.
 *
 * @see <a href="https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html">CLDR</a>
 */
final class PluralForms {
    static final List<String> NAMES = List.of("zero", "one", "two", "few", "many", "other");

    /** Beyond, the forms repeat. */
    private static final int NUMBERS = 201;

    private PluralForms() {}

    /** The forms that the language has for whole numbers, without 0, as we count only what there is. */
    static Set<String> of(String language) {
        return IntStream.range(1, NUMBERS)
                .mapToObj(number -> of(language, number))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the form stands for a single number, which the text may then write as a word, or leave out. */
    static boolean isForOneNumber(String language, String form) {
        return IntStream.range(1, NUMBERS)
                        .filter(number -> of(language, number).equals(form))
                        .count()
                == 1;
    }

    static String of(String language, int number) {
        int one = number % 10;
        int two = number % 100;
        boolean teen = two > 10 && two < 20;
        return switch (language) {
            case "id", "ja", "ko", "th", "vi", "zh_CN", "zh_TW" -> "other";
            case "ar" -> number < 3 ? NAMES.get(number) : two >= 3 && two <= 10 ? "few" : two >= 11 ? "many" : "other";
            case "cs", "sk" -> number == 1 ? "one" : number >= 2 && number <= 4 ? "few" : "other";
            case "fa", "fr", "hy", "pt", "pt_BR" -> number < 2 ? "one" : "other";
            case "hr" -> one == 1 && !teen ? "one" : one >= 2 && one <= 4 && !teen ? "few" : "other";
            case "lt" -> one == 1 && !teen ? "one" : one >= 2 && !teen ? "few" : "other";
            case "lv" -> one == 0 || teen ? "zero" : one == 1 ? "one" : "other";
            case "pl" -> number == 1 ? "one" : one >= 2 && one <= 4 && !teen ? "few" : "many";
            case "ro" -> number == 1 ? "one" : number == 0 || two > 0 && two < 20 ? "few" : "other";
            case "ru", "uk" -> one == 1 && !teen ? "one" : one >= 2 && one <= 4 && !teen ? "few" : "many";
            case "sl" -> two == 1 ? "one" : two == 2 ? "two" : two == 3 || two == 4 ? "few" : "other";
            default -> number == 1 ? "one" : "other";
        };
    }
}
