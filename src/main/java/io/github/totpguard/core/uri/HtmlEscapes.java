package io.github.totpguard.core.uri;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves the HTML character references that some programs leave in names and links ({@code &amp;}, {@code &#39;}).
 */
public final class HtmlEscapes {

    private static final Pattern REFERENCE =
            Pattern.compile("&(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-f]{1,6});", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    // More than one round is needed for text that several programs have escaped in turn.
    private static final int MAX_ROUNDS = 3;

    private HtmlEscapes() {}

    /** Whether the text contains a character reference. */
    static boolean areIn(String text) {
        return REFERENCE.matcher(text).find();
    }

    /** Resolves all references. A reference to no character stays unchanged. */
    public static String resolved(String text) {
        String resolved = text;
        for (int round = 0; round < MAX_ROUNDS && areIn(resolved); round++) {
            resolved = REFERENCE.matcher(resolved).replaceAll(HtmlEscapes::character);
        }
        return resolved;
    }

    private static String character(MatchResult reference) {
        String name = reference.group(1).toLowerCase(Locale.ROOT);
        if (name.charAt(0) != '#') {
            return Matcher.quoteReplacement(NAMED.get(name));
        }
        int codePoint =
                name.charAt(1) == 'x' ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
        return Matcher.quoteReplacement(
                Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : reference.group());
    }
}
