package io.github.totpguard.themes;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.theme.PropertiesUtil;

/** Our messages, as Keycloak looks them up in a realm whose default locale is English. */
final class Messages {
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he");

    private Messages() {}

    /** The locales whose messages apply, those of the last one before the others: en, de, de-AT. */
    static List<Locale> applicable(Locale locale) {
        return Stream.of(Locale.ENGLISH, Locale.forLanguageTag(locale.getLanguage()), locale)
                .distinct()
                .toList();
    }

    /** The messages of one locale, or none if it has no file. */
    static Properties ours(String bundle, Locale locale) throws IOException {
        Properties messages = new Properties();
        String file = "theme-resources/messages/" + bundle + "_" + locale + ".properties";
        try (InputStream stream = Messages.class.getClassLoader().getResourceAsStream(file)) {
            if (stream != null) {
                PropertiesUtil.readCharsetAware(messages, stream);
            }
        }
        return messages;
    }

    static boolean isRightToLeft(Locale locale) {
        return RIGHT_TO_LEFT.contains(locale.getLanguage());
    }
}
