package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.core.uri.OtpAuthReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which fields a resource reads from a request's body, and how much of them. The reader skips all other members. */
final class BodyFields {
    /** What a field holds. */
    enum Kind {
        TEXT("a text"),
        FLAG("true or false"),
        NUMBER("a whole number"),
        TEXTS("a list of texts");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For the message about a value of another type. */
        String words() {
            return words;
        }
    }

    /** @param mostCharacters of a text, or of all texts of a list together */
    record Field(Kind kind, int mostCharacters) {}

    /** Enough for any account, in bytes. */
    static final int SMALL = 16 << 10;

    private static final int FEW_TOKENS = 2_000;
    private static final int NAME = 1_000;
    private static final int PASSWORD = 1_000;

    /** {@code POST accounts}. */
    static final BodyFields ACCOUNT = small().text("uri", SMALL)
            .text("secret", SMALL)
            .text("account", SMALL)
            .text("issuer", SMALL)
            .text("type", NAME)
            .text("algorithm", NAME)
            .with("digits", Kind.NUMBER)
            .with("period", Kind.NUMBER)
            .with("counter", Kind.NUMBER)
            .text("group", NAME)
            .with("pinned", Kind.FLAG)
            .refusing(OtpAuthReader::isNearlyAParameter);

    /** {@code PATCH accounts/{id}}. */
    static final BodyFields CHANGE = small().text("account", SMALL)
            .text("issuer", SMALL)
            .text("group", NAME)
            .with("pinned", Kind.FLAG);

    /** {@code POST tokens}: the ids of a whole vault. */
    static final BodyFields TOKENS = new BodyFields(64 << 10, FEW_TOKENS)
            .with("ids", new Field(Kind.TEXTS, 64 << 10))
            .with("next", Kind.FLAG);

    /** {@code POST accounts/{id}/transfer}, and to {@code shares}. The path of a group can be long. */
    static final BodyFields RECIPIENT = small().text("username", NAME).text("group", SMALL);

    /** {@code POST export}. */
    static final BodyFields EXPORT = small().text("format", NAME).text("password", PASSWORD);

    /**
     * {@code POST import}: 8 Mi characters of files. A file of JSON has a backslash for each of its quotation marks here, so
     * there may be twice as many bytes. Keycloak itself refuses more than 10 MiB unless it is configured otherwise.
     */
    static final BodyFields IMPORT = new BodyFields(16 << 20, 10_000)
            .with("contents", new Field(Kind.TEXTS, 8 << 20))
            .text("password", PASSWORD)
            .with("preview", Kind.FLAG);

    private final int mostBytes;
    private final int mostTokens;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private Predicate<String> misspelt = name -> false;

    BodyFields(int mostBytes, int mostTokens) {
        this.mostBytes = mostBytes;
        this.mostTokens = mostTokens;
    }

    private static BodyFields small() {
        return new BodyFields(SMALL, FEW_TOKENS);
    }

    /** These fields, and one more. */
    BodyFields with(String name, Field field) {
        BodyFields more = new BodyFields(mostBytes, mostTokens);
        more.fields.putAll(fields);
        more.fields.put(name, field);
        return more;
    }

    private BodyFields with(String name, Kind kind) {
        return with(name, new Field(kind, 0));
    }

    private BodyFields text(String name, int mostCharacters) {
        return with(name, new Field(Kind.TEXT, mostCharacters));
    }

    /** These fields; and a member that is none of them, but is called nearly like one, is not passed over. */
    private BodyFields refusing(Predicate<String> nearly) {
        BodyFields same = new BodyFields(mostBytes, mostTokens);
        same.fields.putAll(fields);
        same.misspelt = nearly;
        return same;
    }

    /** Whether a member that nothing asks for is called nearly like one that matters. */
    boolean isMisspelt(String name) {
        return misspelt.test(name);
    }

    /** Empty if nothing asks for it. */
    Optional<Field> find(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Of the whole body. */
    int mostBytes() {
        return mostBytes;
    }

    /** Brackets, names and values of the whole body, skipped ones included. */
    int mostTokens() {
        return mostTokens;
    }

    /** Of the longest field. */
    int mostCharacters() {
        return fields.values().stream().mapToInt(Field::mostCharacters).max().orElse(0);
    }
}
