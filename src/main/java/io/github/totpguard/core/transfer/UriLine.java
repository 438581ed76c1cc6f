package io.github.totpguard.core.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits one line into its URIs. Only a separator ends a URI: a comma or a space inside a name is part of the name. If
 * a URI begins in the middle of another URI's value, it is not split off, so both are refused together.
 *
 * @param hasOtherText whether there is text before the first URI other than separators and a list marker
 */
record UriLine(List<String> uris, boolean hasOtherText) {

    private static final String SEPARATORS = ",;|\u00a0\ufeff";
    private static final String OPENING = "\"'`<([{";
    private static final String CLOSING = "\"'`>)]}";

    private static final Pattern URI = Pattern.compile("otpauth(-migration)?://", Pattern.CASE_INSENSITIVE);
    // "-", "*", "1.", "1)"
    private static final Pattern LIST_MARK = Pattern.compile("[-*+\u2022]|[0-9]{1,4}[.)]");

    UriLine {
        uris = List.copyOf(uris);
    }

    static UriLine split(String line) {
        List<Integer> begins = new ArrayList<>();
        Matcher uri = URI.matcher(line);
        while (uri.find()) {
            if (uri.start() == 0 || isBorder(line.charAt(uri.start() - 1))) {
                begins.add(uri.start());
            }
        }
        List<String> uris = new ArrayList<>();
        for (int i = 0; i < begins.size(); i++) {
            int next = i + 1 < begins.size() ? openingOf(line, begins.get(i + 1)) : line.length();
            uris.add(uri(line, begins.get(i), next));
        }
        int end = begins.isEmpty() ? line.length() : begins.get(0);
        return new UriLine(uris, isText(line.substring(0, end)));
    }

    /** Removes the separator before the next URI, and the quotation marks around this one. */
    private static String uri(String line, int begin, int end) {
        int last = end;
        while (last > begin && isSeparator(line.charAt(last - 1))) {
            last--;
        }
        int opening = begin == 0 ? -1 : OPENING.indexOf(line.charAt(begin - 1));
        String uri = line.substring(begin, last);
        int closing = opening < 0 ? -1 : uri.lastIndexOf(CLOSING.charAt(opening));
        return closing < 0 ? uri : uri.substring(0, closing);
    }

    private static int openingOf(String line, int begin) {
        return OPENING.indexOf(line.charAt(begin - 1)) < 0 ? begin : begin - 1;
    }

    private static boolean isText(String before) {
        int begin = 0;
        int end = before.length();
        while (begin < end && isBorder(before.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBorder(before.charAt(end - 1))) {
            end--;
        }
        String rest = before.substring(begin, end);
        return !rest.isEmpty() && !LIST_MARK.matcher(rest).matches();
    }

    private static boolean isBorder(char c) {
        return isSeparator(c) || OPENING.indexOf(c) >= 0;
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c) || SEPARATORS.indexOf(c) >= 0;
    }
}
