package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The string {@code otp} of the plugins KeeOtp and KeeOtp2, {@code key=JBSWY3DP&size=8&step=60&otpHashMode=SHA256}.
 * Only the equals sign is percent-encoded in it. KeePassXC writes this string too.
 *
 * @see <a href="https://github.com/tiuub/KeeOtp2">OtpAuthUtils.cs of KeeOtp2</a>
 */
final class KeeOtpText {

    private final Map<String, String> parameters = new HashMap<>();
    private boolean ambiguous;

    KeeOtpText(String text) {
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                String value = pair.substring(equals + 1).replaceAll("(?i)%3d", "=");
                String before = parameters.put(name, value);
                ambiguous |= before != null && !before.equals(value);
            }
        }
    }

    static boolean recognises(String text) {
        return text.regionMatches(true, 0, "key=", 0, 4)
                || text.toLowerCase(Locale.ROOT).contains("&key=");
    }

    AccountFields fields(Optional<String> issuer, String account) throws RefusalException {
        if (ambiguous) {
            throw new RefusalException(Reason.URI, "A parameter is there twice, with two values.");
        }
        String type = parameters.getOrDefault("type", "totp");
        OptionalLong counter = number("counter", Reason.COUNTER);
        return new AccountFields(
                issuer,
                account,
                type,
                KeePassSecret.of(parameters.getOrDefault("encoding", "base32"), parameters.get("key")),
                Optional.ofNullable(parameters.get("otphashmode")),
                number("size", Reason.DIGITS),
                number("step", Reason.PERIOD),
                counter.isEmpty() && type.equalsIgnoreCase("hotp") ? OptionalLong.of(0) : counter);
    }

    private OptionalLong number(String name, Reason reason) throws RefusalException {
        String text = parameters.getOrDefault(name, "").strip();
        if (!text.matches("[0-9]{0,18}")) {
            throw new RefusalException(reason, "The entry's " + name + " is no whole number.");
        }
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
