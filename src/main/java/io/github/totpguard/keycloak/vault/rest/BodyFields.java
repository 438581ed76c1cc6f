package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.core.uri.OtpAuthReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The fields that a resource reads from a request's body, and their size limits. The reader skips all other members.
 */
final class BodyFields {
    /** The type of a field. */
    enum Kind {
        TEXT("a text"),
        FLAG("true or false"),
        NUMBER("a whole number"),
        TEXTS("a list of texts");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The name of the type in the message about a value of another type. */
        String words() {
            return words;
        }
    }

    /** @param maxCharacters the maximum length of a text, or of all texts of a list together */
    record Field(Kind kind, int maxCharacters) {}

    /** The maximum size of a body with one account, in bytes. */
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

    /** {@code POST tokens}: up to the ids of a whole vault. */
    static final BodyFields TOKENS = new BodyFields(64 << 10, FEW_TOKENS)
            .with("ids", new Field(Kind.TEXTS, 64 << 10))
            .with("next", Kind.FLAG);

    /** {@code POST accounts/{id}/transfer} and {@code POST accounts/{id}/shares}. The path of a group can be long. */
    static final BodyFields RECIPIENT = small().text("username", NAME).text("group", SMALL);

    /** {@code POST export}. */
    static final BodyFields EXPORT = small().text("format", NAME).text("password", PASSWORD);

    /**
     * {@code POST import}: files of up to 8 Mi characters. In the body, each quotation mark of a JSON file is escaped
     * with a backslash, so twice as many bytes are allowed. Keycloak itself refuses more than 10 MiB unless it is
     * configured otherwise.
     */
    static final BodyFields IMPORT = new BodyFields(16 << 20, 10_000)
            .with("contents", new Field(Kind.TEXTS, 8 << 20))
            .text("password", PASSWORD)
            .with("preview", Kind.FLAG);

    private final int maxBytes;
    private final int maxTokens;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private Predicate<String> misspelt = name -> false;

    BodyFields(int maxBytes, int maxTokens) {
        this.maxBytes = maxBytes;
        this.maxTokens = maxTokens;
    }

    private static BodyFields small() {
        return new BodyFields(SMALL, FEW_TOKENS);
    }

    /** Returns these fields and one more. */
    BodyFields with(String name, Field field) {
        BodyFields more = new BodyFields(maxBytes, maxTokens);
        more.fields.putAll(fields);
        more.fields.put(name, field);
        return more;
    }

    private BodyFields with(String name, Kind kind) {
        return with(name, new Field(kind, 0));
    }

    private BodyFields text(String name, int maxCharacters) {
        return with(name, new Field(Kind.TEXT, maxCharacters));
    }

    /** Returns these fields, and refuses other members whose name is similar to one of them. */
    private BodyFields refusing(Predicate<String> similar) {
        BodyFields same = new BodyFields(maxBytes, maxTokens);
        same.fields.putAll(fields);
        same.misspelt = similar;
        return same;
    }

    /** Whether the name of an undeclared member is similar to that of a field that changes the codes. */
    boolean isMisspelt(String name) {
        return misspelt.test(name);
    }

    /** Empty if the field is not declared. */
    Optional<Field> find(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The maximum size of the whole body. */
    int maxBytes() {
        return maxBytes;
    }

    /** The maximum number of brackets, names and values in the whole body, including skipped ones. */
    int maxTokens() {
        return maxTokens;
    }

    /** The maximum length of the longest field. */
    int maxCharacters() {
        return fields.values().stream().mapToInt(Field::maxCharacters).max().orElse(0);
    }
}
