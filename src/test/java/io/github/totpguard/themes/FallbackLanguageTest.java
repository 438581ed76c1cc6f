package io.github.totpguard.themes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.themes.Html.Element;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages and mails in a language that has no file of ours: Hebrew, which neither Keycloak has. */
@DisplayName("A language without our texts")
class FallbackLanguageTest {
    private static final Locale HEBREW = Locale.forLanguageTag("he");
    private static final Locale AUSTRIAN = Locale.forLanguageTag("de-AT");

    /** The texts of Keycloak that stand among ours, in English, as Keycloak has no Hebrew. */
    private static final List<String> OF_KEYCLOAK =
            List.of("Sign In", "Cancel", "Continue", "Submit", "Sign out from other devices");

    static Stream<Arguments> pagesAndThemes() {
        return Page.ALL.stream()
                .flatMap(page -> Stream.of(LoginTheme.values()).map(theme -> Arguments.of(page, theme)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesAndThemes")
    @Tag("S58")
    @DisplayName("the title and the content of a page are marked with the language and direction of our texts")
    void page(String template, LoginTheme theme) {
        Html html = rich(template).inLanguage(HEBREW).sectionsIn(theme);

        assertThat(children(html, html.elements("h1").get(0)))
                .singleElement()
                .satisfies(title -> assertIsIn(title, "en", "ltr"));
        assertThat(children(html, html.elements("main").get(0)))
                .filteredOn(child -> !List.of("link", "script").contains(child.name()))
                .singleElement()
                .satisfies(content -> assertIsIn(content, "en", "ltr"));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesAndThemes")
    @Tag("S58")
    @DisplayName("Keycloak's own texts inside of our content are marked with the language and direction of the page")
    void keycloaksTexts(String template, LoginTheme theme) {
        Html html = rich(template).inLanguage(HEBREW).sectionsIn(theme);

        assertThat(html.elements().stream()
                        .filter(element -> OF_KEYCLOAK.contains(element.text()))
                        .filter(element -> children(html, element).isEmpty()))
                .allSatisfy(element -> assertIsIn(marked(element), "he", "rtl"));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesAndThemes")
    @Tag("S58")
    @DisplayName("nothing is marked on a page of our language, whatever its region")
    void noFallback(String template, LoginTheme theme) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN, AUSTRIAN)) {
            Html html = rich(template).inLanguage(locale).sectionsIn(theme);
            assertThat(html.elements().stream()
                            .filter(element -> !element.name().equals("html"))
                            .filter(element -> element.has("lang")))
                    .isEmpty();
        }
    }

    static List<String> mails() {
        return Mail.ALL;
    }

    @ParameterizedTest
    @MethodSource("mails")
    @Tag("S58")
    @DisplayName(
            "the content of a mail is marked with the language and direction of our texts if the mail is in another")
    void mail(String template) {
        Html hebrew = Html.parse(new Mail(template).inLanguage(HEBREW).html());
        assertThat(children(hebrew, hebrew.elements("body").get(0)))
                .singleElement()
                .satisfies(content -> assertIsIn(content, "en", "ltr"));

        Html austrian = Html.parse(new Mail(template).inLanguage(AUSTRIAN).html());
        assertThat(austrian.elements("div")).isEmpty();
    }

    private static Page rich(String template) {
        return new Page(template)
                .askedForByAnApplication()
                .withOtherWaysToSignIn()
                .with("totpGuardHint", true)
                .with("totpGuardMailLink", true)
                .withBackupCodes("left", 1)
                .with("totpGuardReset", Page.reset(Map.of("mailLinkEnough", true, "backupCodes", true)));
    }

    private static void assertIsIn(Element element, String language, String direction) {
        assertThat(element.attributes())
                .as(element.toString())
                .containsEntry("lang", language)
                .containsEntry("dir", direction);
    }

    /** The element, or the nearest one around it, that has a language. */
    private static Element marked(Element element) {
        return element.has("lang") ? element : marked(element.parent().orElseThrow());
    }

    private static List<Element> children(Html html, Element parent) {
        return html.elements().stream()
                .filter(element -> element.parent().equals(Optional.of(parent)))
                .toList();
    }
}
