package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The one-time passwords of one entry of a KeePass database, in all forms in which programs store them:
 *
 * <ul>
 *   <li>{@code otp}: an otpauth URI (KeePassXC, KeePassOTP), parameters (KeeOtp), or Base32 alone (KeeWeb);
 *   <li>{@code TOTP Seed} and {@code TOTP Settings}, {@code 30;6} or {@code 30;S} for Steam (KeePassXC before 2.7,
 *       KeeTrayTOTP);
 *   <li>{@code TimeOtp-*} and {@code HmacOtp-*} (KeePass 2.47).
 * </ul>
 *
 * @see <a href="https://keepass.info/help/base/placeholders.html#otp">Placeholders of KeePass</a>
 * @see <a href="https://github.com/keepassxreboot/keepassxc">Entry::updateTotp and src/totp/totp.cpp of KeePassXC
 *     2.7</a>
 */
final class KeePassEntry {

    private static final String TIME = "TimeOtp-";
    private static final String HMAC = "HmacOtp-";
    private static final String SECRET = "Secret";
    private static final Pattern SETTINGS = Pattern.compile("\\s*([0-9]{1,9})\\s*;\\s*([0-9]{1,9}|S)\\s*(;.*)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> strings;

    /** @param strings by key; strings that {@link #knows} rejects may be absent */
    KeePassEntry(Map<String, String> strings) {
        this.strings = strings;
    }

    /** Whether this class uses the string with this key. */
    static boolean knows(String key) {
        return List.of("Title", "UserName", "otp", "TOTP Seed", "TOTP Settings").contains(key)
                || key.startsWith(TIME)
                || key.startsWith(HMAC);
    }

    /**
     * Returns no items for an entry that has only a password. If an entry contains the same account in two forms, it is
     * returned once.
     */
    List<ImportItem> items() {
        List<ImportItem> items = new ArrayList<>();
        text("otp").ifPresent(otp -> items.add(ofOtp(otp.strip())));
        text("TOTP Seed").ifPresent(seed -> items.add(item(() -> seeded(seed))));
        secretKey(TIME).ifPresent(key -> items.add(item(() -> timed(key))));
        secretKey(HMAC).ifPresent(key -> items.add(item(() -> counted(key))));
        return items.stream().distinct().toList();
    }

    private ImportItem ofOtp(String otp) {
        if (KeeOtpText.recognises(otp)) {
            return item(() -> new KeeOtpText(otp).fields(issuer(), account()));
        }
        return new PasswordItem(title(), account(), KeePassNames.uri(otp, title(), account())).read();
    }

    private AccountFields seeded(String seed) throws RefusalException {
        Matcher settings = SETTINGS.matcher(text("TOTP Settings").orElse("30;6"));
        if (!settings.matches()) {
            throw new RefusalException(Reason.PERIOD, "The entry's TOTP Settings are not a period and digits.");
        }
        boolean steam = settings.group(2).equals("S");
        return new AccountFields(
                issuer(),
                account(),
                steam ? "steam" : "totp",
                AccountFields.secret(Optional.of(seed)),
                Optional.empty(),
                steam ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(settings.group(2))),
                OptionalLong.of(Long.parseLong(settings.group(1))),
                OptionalLong.empty());
    }

    private AccountFields timed(String secretKey) throws RefusalException {
        return new AccountFields(
                issuer(),
                account(),
                "totp",
                KeePassSecret.ofSuffix(secretKey.substring((TIME + SECRET).length()), strings.get(secretKey)),
                text(TIME + "Algorithm"),
                number(TIME + "Length", Reason.DIGITS),
                number(TIME + "Period", Reason.PERIOD),
                OptionalLong.empty());
    }

    private AccountFields counted(String secretKey) throws RefusalException {
        return new AccountFields(
                issuer(),
                account(),
                "hotp",
                KeePassSecret.ofSuffix(secretKey.substring((HMAC + SECRET).length()), strings.get(secretKey)),
                // KeePass supports only six digits and SHA-1, and its counters begin at 0.
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(number(HMAC + "Counter", Reason.COUNTER).orElse(0)));
    }

    private ImportItem item(Fields fields) {
        return ItemReading.item(
                title().isBlank() ? account() : title(), () -> fields.read().found());
    }

    private Optional<String> secretKey(String prefix) {
        return Stream.of("", "-Hex", "-Base32", "-Base64")
                .map(suffix -> prefix + SECRET + suffix)
                .filter(key -> text(key).isPresent())
                .findFirst();
    }

    private OptionalLong number(String key, Reason reason) throws RefusalException {
        Optional<String> text = text(key).map(String::strip);
        if (text.isPresent() && !WHOLE_NUMBER.matcher(text.get()).matches()) {
            throw new RefusalException(reason, "The entry's " + key + " is no whole number.");
        }
        return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    }

    private Optional<String> issuer() {
        return Optional.of(title());
    }

    private String title() {
        return text("Title").orElse("");
    }

    private String account() {
        return text("UserName").orElse("");
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(strings.get(key)).filter(text -> !text.isBlank());
    }

    private interface Fields {

        AccountFields read() throws RefusalException;
    }
}
