package io.github.totpguard.themes;

import static java.lang.Character.UnicodeScript.ARABIC;
import static java.lang.Character.UnicodeScript.ARMENIAN;
import static java.lang.Character.UnicodeScript.CYRILLIC;
import static java.lang.Character.UnicodeScript.GEORGIAN;
import static java.lang.Character.UnicodeScript.GREEK;
import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HANGUL;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.KATAKANA;
import static java.lang.Character.UnicodeScript.LATIN;
import static java.lang.Character.UnicodeScript.THAI;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every language with English: the messages of the login pages and mails, and the texts of the vault's page. A
 * language joins by its two files. What a translation must keep to is in docs/configure/languages.md.
 */
@DisplayName("Languages")
class LanguagesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{?\\w+}?}");

    /** Control characters, and marks that turn the direction of the text around them. Persian needs U+200C. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\uFFFD&&[^\\u200C]]");

    private static final Pattern UNWANTED = Pattern.compile("[<>]|  |\\$\\{");

    /** A text of up to so many characters that is no sentence is a title, a label or a button. */
    private static final int LABEL = 40;

    private static final Set<UnicodeScript> JAPANESE = Set.of(HIRAGANA, KATAKANA, HAN);

    /** The scripts that are not Latin, by the language of the file. */
    private static final Map<String, Set<UnicodeScript>> SCRIPTS = Map.ofEntries(
            Map.entry("ar", Set.of(ARABIC)),
            Map.entry("el", Set.of(GREEK)),
            Map.entry("fa", Set.of(ARABIC)),
            Map.entry("hy", Set.of(ARMENIAN)),
            Map.entry("ja", JAPANESE),
            Map.entry("ka", Set.of(GEORGIAN)),
            Map.entry("kk", Set.of(CYRILLIC)),
            Map.entry("ko", Set.of(HANGUL)),
            Map.entry("ky", Set.of(CYRILLIC)),
            Map.entry("ru", Set.of(CYRILLIC)),
            Map.entry("th", Set.of(THAI)),
            Map.entry("uk", Set.of(CYRILLIC)),
            Map.entry("zh_CN", Set.of(HAN)),
            Map.entry("zh_TW", Set.of(HAN)));

    /** Letters that tell languages of one script apart: the file has some of the first, and none of the second. */
    private static final Map<String, String[]> LETTERS = Map.of(
            "ar", new String[] {"ةيك", "پچگ"},
            "fa", new String[] {"پچگیک", "يك"},
            "ja", new String[] {"のをに", ""},
            "kk", new String[] {"әқңғұі", "їєґ"},
            "ky", new String[] {"өүң", "їєґі"},
            "ru", new String[] {"ыэ", "іїєґәқөү"},
            "uk", new String[] {"іїє", "ыэъё"},
            "zh_CN", new String[] {"请码备验", "請碼備驗這設證讓"},
            "zh_TW", new String[] {"請碼備驗", "请码备验这设证让"});

    static Stream<TextFile> files() {
        return TextFile.all().stream();
    }

    static Stream<TextFile> translations() {
        return files().filter(file -> !file.isEnglish());
    }

    @Test
    @DisplayName("each language of Keycloak's login theme has both files")
    @Tag("S58")
    void sameLanguages() throws IOException {
        Set<String> ofPages = languages(TextFile.Kind.MESSAGES);

        assertThat(ofPages).isEqualTo(keycloaks()).isEqualTo(languages(TextFile.Kind.VAULT));
    }

    @ParameterizedTest
    @MethodSource("translations")
    @DisplayName("a translation has exactly the texts of English, in the plural forms that its numbers need")
    @Tag("S58")
    void sameTexts(TextFile file) {
        assertThat(without(file.neededKeys(), file.texts().keySet()))
                .as("missing")
                .isEmpty();
        assertThat(without(file.texts().keySet(), file.knownKeys()))
                .as("unknown")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("translations")
    @DisplayName(
            "a text has the same placeholders as in English; a plural form may leave out the only number it is for")
    void samePlaceholders(TextFile file) {
        assertThat(wrong(file, (key, text) -> {
                    Set<String> placeholders = placeholders(text);
                    if (file.isForOneNumberOnly(key)) {
                        placeholders.add("{count}");
                    }
                    return !placeholders.equals(placeholders(file.english(key)));
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("an apostrophe is written twice where MessageFormat reads the text, and once elsewhere")
    void apostrophes(TextFile file) {
        assertThat(wrong(
                        file,
                        (key, text) -> file.isMessageFormat(key)
                                ? text.replace("''", "").contains("'")
                                : text.contains("''")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("a text has neither markup, nor invisible characters, nor blanks around it or two in a row")
    void plain(TextFile file) {
        assertThat(wrong(
                        file,
                        (key, text) -> text.isBlank()
                                || !text.equals(text.strip())
                                || UNWANTED.matcher(text).find()
                                || INVISIBLE.matcher(text).find()
                                || text.contains("&") && !file.english(key).contains("&")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("translations")
    @DisplayName("no text is left in English, except names and words that are the same in that language")
    @Tag("S58")
    void translated(TextFile file) throws IOException {
        Set<String> same = SameAsEnglish.in(file.language());
        assertThat(wrong(file, (key, text) -> text.equals(file.english(key)) && !same.contains(text)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("translations")
    @DisplayName("labels and buttons have room on the page, and sentences are not much longer than in English")
    void length(TextFile file) {
        assertThat(wrong(file, (key, text) -> text.length() > longest(file.english(key))))
                .isEmpty();
    }

    private static int longest(String english) {
        boolean label = english.length() <= LABEL && !english.matches(".*[.!?:]");
        return label ? Math.max(24, (int) (2.3 * english.length())) : Math.max(60, 2 * english.length());
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("a language is written in its own script")
    @Tag("S58")
    void script(TextFile file) {
        Set<UnicodeScript> own = SCRIPTS.getOrDefault(file.language(), Set.of(LATIN));
        String all = String.join("", file.texts().values());
        String[] letters = LETTERS.getOrDefault(file.language(), new String[] {"", ""});

        assertThat(shareOf(own, all)).as("share of letters").isGreaterThan(0.5);
        // Names of apps and formats stay as they are. A sentence has words of its language around them.
        assertThat(wrong(file, (key, text) -> file.english(key).split(" ").length > 3 && shareOf(own, text) == 0))
                .isEmpty();
        assertThat(letters[0].chars()).as(letters[0]).allMatch(letter -> all.indexOf(letter) >= 0);
        assertThat(wrong(file, (key, text) -> letters[1].chars().anyMatch(letter -> text.indexOf(letter) >= 0)))
                .as("letters of another language: %s", letters[1])
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("a file of messages says its language, so that a page can tell whether it is a fallback")
    @Tag("S58")
    void saysItsLanguage(TextFile file) {
        if (file.kind() == TextFile.Kind.MESSAGES) {
            assertThat(file.texts().get("totpGuard.language")).isEqualTo(file.tag());
            assertThat(Locale.forLanguageTag(file.tag()).toString()).isEqualTo(file.language());
        }
    }

    /** All texts of the file that have the fault. */
    private static List<String> wrong(TextFile file, BiPredicate<String, String> fault) {
        return file.texts().entrySet().stream()
                .filter(text -> fault.test(text.getKey(), text.getValue()))
                .map(text -> text.getKey() + ": " + text.getValue())
                .toList();
    }

    private static Set<String> without(Set<String> keys, Set<String> others) {
        return keys.stream().filter(key -> !others.contains(key)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> languages(TextFile.Kind kind) {
        return files().filter(file -> file.kind() == kind)
                .map(TextFile::language)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The languages of Keycloak's login theme. It has messages in Georgian, but leaves the locale out of its list. */
    private static Set<String> keycloaks() throws IOException {
        Properties theme = new Properties();
        try (InputStream stream =
                LanguagesTest.class.getClassLoader().getResourceAsStream("theme/base/login/theme.properties")) {
            theme.load(stream);
        }
        return Stream.concat(
                        Stream.of("ka"),
                        Arrays.stream(theme.getProperty("locales").split(",")))
                .map(tag -> tag.strip().replace('-', '_'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static double shareOf(Set<UnicodeScript> scripts, String text) {
        int[] letters = PLACEHOLDER
                .matcher(text)
                .replaceAll("")
                .codePoints()
                .filter(Character::isLetter)
                .toArray();
        return letters.length == 0
                ? 1
                : (double) Arrays.stream(letters)
                                .filter(letter -> scripts.contains(UnicodeScript.of(letter)))
                                .count()
                        / letters.length;
    }
}
