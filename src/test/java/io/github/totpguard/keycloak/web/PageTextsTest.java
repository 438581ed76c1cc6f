package io.github.totpguard.keycloak.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.totpguard.core.transfer.ImportItem;
import io.github.totpguard.core.transfer.UnreadableImportException;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.ReadingNote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks that the users' pages and their texts belong together. LanguagesTest compares the languages. */
@DisplayName("Texts of the users' pages")
class PageTextsTest {
    private static final Pattern IN_PAGE = Pattern.compile("data-(?:text|label)=\"([^\"]+)\"");
    private static final Pattern QUOTED = Pattern.compile("\"([a-z][\\w]*(?:\\.\\w+)*)\"");
    /** The prefix of a key, to which the code adds a kind or a reason. */
    private static final Pattern BEGINNING = Pattern.compile("`((?:[a-z]+\\.)+)\\$\\{");

    @Test
    @DisplayName("every text that the pages use exists, and every text is used")
    void usedAndPresent() throws IOException {
        Set<String> keys = keys();
        Set<String> inPage = Arrays.stream(PageFiles.Page.values())
                .map(page -> PageFiles.page(page, List.of("en"), true))
                .map(page -> new String(page.content(), StandardCharsets.UTF_8))
                .flatMap(page -> found(IN_PAGE, page).stream())
                .collect(Collectors.toSet());
        String scripts = PageFiles.NAMES.stream()
                .filter(name -> name.endsWith(".js") && !name.equals("qr-zxing.js"))
                .map(name -> new String(PageFiles.find(name).orElseThrow().content(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("\n"));
        Set<String> quoted = found(QUOTED, scripts);
        Set<String> beginnings = found(BEGINNING, scripts);

        assertThat(keys).containsAll(inPage);
        assertThat(keys).allSatisfy(key -> assertThat(inPage.contains(key)
                        || quoted.contains(key)
                        || beginnings.stream().anyMatch(key::startsWith))
                .as(key)
                .isTrue());
    }

    @Test
    @DisplayName("every reason for which an account, an import or a part of it is refused has a text")
    void reasons() throws IOException {
        Stream<String> ofAccounts = Arrays.stream(InvalidOtpAuthUriException.Reason.values())
                .map(reason -> "refused." + reason.name().toLowerCase(Locale.ROOT));
        Stream<String> ofFiles = Arrays.stream(UnreadableImportException.Reason.values())
                .map(reason -> "importing." + reason.name().toLowerCase(Locale.ROOT));
        Stream<String> ofItems = Arrays.stream(ImportItem.Reason.values())
                .map(reason -> "reason." + reason.name().toLowerCase(Locale.ROOT));
        Stream<String> notes = Arrays.stream(ReadingNote.values())
                .map(note -> "importing." + note.name().toLowerCase(Locale.ROOT));

        assertThat(keys())
                .containsAll(Stream.of(ofAccounts, ofFiles, ofItems, notes)
                        .flatMap(keys -> keys)
                        .toList());
    }

    /** The keys of the English texts, without the names of plural forms. */
    private static Set<String> keys() throws IOException {
        Map<String, String> texts = new ObjectMapper()
                .readValue(PageFiles.find("texts-en.json").orElseThrow().content(), new TypeReference<>() {});
        return texts.keySet().stream()
                .map(key -> texts.containsKey(key.replaceFirst("\\.\\w+$", ".one"))
                        ? key.replaceFirst("\\.(one|other)$", "")
                        : key)
                .collect(Collectors.toSet());
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
