package io.github.totpguard.core.transfer;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The character references of HTML that some apps write into names. */
final class HtmlEscapes {

    private static final Pattern REFERENCE =
            Pattern.compile("&(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-f]{1,6});", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    // An app that escapes when it exports and does not when it imports adds one layer each time.
    private static final int MAX_LAYERS = 3;

    private HtmlEscapes() {}

    /** The text that is meant. A reference to no character stays as it is. */
    static String resolved(String text) {
        String resolved = text;
        for (int layer = 0; layer < MAX_LAYERS; layer++) {
            resolved = REFERENCE.matcher(resolved).replaceAll(HtmlEscapes::character);
        }
        return resolved;
    }

    private static String character(MatchResult reference) {
        String name = reference.group(1).toLowerCase(Locale.ROOT);
        if (name.charAt(0) != '#') {
            return Matcher.quoteReplacement(NAMED.get(name));
        }
        boolean hex = name.charAt(1) == 'x';
        int codePoint = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
        return Matcher.quoteReplacement(
                Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : reference.group());
    }
}
