package io.github.totpguard.themes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.theme.PropertiesUtil;

/** The texts that a language may write as English does: {@code same-as-english.properties}. */
final class SameAsEnglish {
    private static final String FILE = "same-as-english.properties";

    private SameAsEnglish() {}

    static Set<String> in(String language) throws IOException {
        Properties words = new Properties();
        try (InputStream stream = SameAsEnglish.class.getClassLoader().getResourceAsStream(FILE)) {
            PropertiesUtil.readCharsetAware(words, stream);
        }
        return Stream.of("*", language)
                .flatMap(key -> Arrays.stream(words.getProperty(key, "").split(";")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }
}
