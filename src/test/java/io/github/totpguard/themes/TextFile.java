package io.github.totpguard.themes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.theme.PropertiesUtil;

/** The texts of one language, of the login pages and mails or of the vault's page. */
record TextFile(Kind kind, String language, Map<String, String> texts) {
    private static final String ENGLISH = "en";

    /** Texts of the account console, which does without MessageFormat. */
    private static final String OF_ACCOUNT_CONSOLE = "totpGuard.account.";

    enum Kind {
        MESSAGES("theme-resources/messages/", "messages_", ".properties") {
            @Override
            Map<String, String> parse(InputStream stream) throws IOException {
                Properties properties = new Properties();
                PropertiesUtil.readCharsetAware(properties, stream);
                Map<String, String> texts = new TreeMap<>();
                properties.forEach((key, value) -> texts.put((String) key, (String) value));
                return texts;
            }
        },
        VAULT("totp-guard-vault/", "texts-", ".json") {
            @Override
            Map<String, String> parse(InputStream stream) throws IOException {
                return new ObjectMapper()
                        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                        .readValue(stream, new TypeReference<LinkedHashMap<String, String>>() {});
            }
        };

        private final String folder;
        private final String before;
        private final String after;
        private Map<String, String> english;

        Kind(String folder, String before, String after) {
            this.folder = folder;
            this.before = before;
            this.after = after;
        }

        private Map<String, String> english() {
            if (english == null) {
                english = read(ENGLISH).texts();
            }
            return english;
        }

        abstract Map<String, String> parse(InputStream stream) throws IOException;

        private List<String> languages() throws IOException {
            try (Stream<Path> files = Files.list(Path.of(TextFile.class
                            .getClassLoader()
                            .getResource(folder + before + ENGLISH + after)
                            .toURI())
                    .getParent())) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith(before) && name.endsWith(after))
                        .map(name -> name.substring(before.length(), name.length() - after.length()))
                        .sorted()
                        .toList();
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        private TextFile read(String language) {
            String file = folder + before + language + after;
            try (InputStream stream = TextFile.class.getClassLoader().getResourceAsStream(file)) {
                return new TextFile(this, language, parse(stream));
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
    }

    static List<TextFile> all() {
        return Stream.of(Kind.values()).flatMap(TextFile::all).toList();
    }

    private static Stream<TextFile> all(Kind kind) {
        try {
            return kind.languages().stream().map(kind::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isEnglish() {
        return language.equals(ENGLISH);
    }

    /** The language tag (BCP 47), as a realm has it. */
    String tag() {
        return language.replace('_', '-');
    }

    /** The English text of a key; of a plural form, the one for many. Empty for an unknown key. */
    String english(String key) {
        Map<String, String> english = kind.english();
        return isForm(key) ? english.get(base(key) + ".other") : english.getOrDefault(key, "");
    }

    /** The keys of English; where English has plural forms, with those of this language. */
    Set<String> neededKeys() {
        Set<String> needed = new TreeSet<>();
        for (String key : kind.english().keySet()) {
            if (isForm(key)) {
                PluralForms.of(language).forEach(form -> needed.add(base(key) + "." + form));
            } else {
                needed.add(key);
            }
        }
        return needed;
    }

    /** The needed keys, and {@code other} of every plural, which some languages use for fractions only. */
    Set<String> knownKeys() {
        Set<String> known = neededKeys();
        kind.english().keySet().stream()
                .filter(key -> isForm(key) && form(key).equals("other"))
                .forEach(known::add);
        return known;
    }

    boolean isMessageFormat(String key) {
        return kind == Kind.MESSAGES && !key.startsWith(OF_ACCOUNT_CONSOLE);
    }

    /** Whether the text is a plural form that stands for a single number. */
    boolean isForOneNumberOnly(String key) {
        return isForm(key) && PluralForms.isForOneNumber(language, form(key));
    }

    /** Whether the key ends in a plural form, and English has forms of this text. */
    private boolean isForm(String key) {
        return PluralForms.NAMES.contains(form(key))
                && kind.english().containsKey(base(key) + ".one")
                && kind.english().containsKey(base(key) + ".other");
    }

    private static String form(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static String base(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }

    @Override
    public String toString() {
        return kind.before + language + kind.after;
    }
}
