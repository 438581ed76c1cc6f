package io.github.totpguard.core.transfer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the placeholders that KeePassXC writes into an otpauth URI for an entry without names: {@code KeePassXC} for
 * the title and {@code none} for the user.
 *
 * @see <a href="https://github.com/keepassxreboot/keepassxc">Totp::writeSettings in src/totp/totp.cpp of KeePassXC
 *     2.7</a>
 */
final class KeePassNames {

    private static final Pattern PLACEHOLDER = Pattern.compile("(otpauth://[a-z]+/)([^:?]*):none\\?(.*)");
    private static final String NO_TITLE = "KeePassXC";

    private KeePassNames() {}

    /** The URI without the placeholders if the entry has no such names; any other text unchanged. */
    static String uri(String otp, String title, String user) {
        Matcher matcher = PLACEHOLDER.matcher(otp);
        if (!user.isBlank() || !matcher.matches()) {
            return otp;
        }
        boolean untitled = title.isBlank() && matcher.group(2).equals(NO_TITLE);
        String query =
                untitled ? matcher.group(3).replaceFirst("&issuer=" + NO_TITLE + "(?=&|$)", "") : matcher.group(3);
        return matcher.group(1) + (untitled ? "" : matcher.group(2)) + "?" + query;
    }
}
