package io.github.totpguard.cli;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Writes JSON in one line and in ASCII (RFC 8259): maps in their order, lists, text, numbers, booleans. An empty
 * Optional becomes {@code null}.
 */
final class Json {

    private Json() {}

    static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(entry.getKey().toString()) + ":" + of(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Json::of).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof CharSequence) {
            return text(value.toString());
        }
        return optional(value);
    }

    private static String optional(Object value) {
        if (value instanceof Optional<?> some) {
            return some.map(Json::of).orElse("null");
        }
        if (value instanceof OptionalInt some) {
            return some.isPresent() ? Integer.toString(some.getAsInt()) : "null";
        }
        if (value instanceof OptionalLong some) {
            return some.isPresent() ? Long.toString(some.getAsLong()) : "null";
        }
        throw new IllegalArgumentException("Not supported in JSON: " + value.getClass());
    }

    private static String text(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                json.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
