package io.github.totpguard.core.transfer;

import io.github.totpguard.core.uri.AccountNames;
import io.github.totpguard.core.uri.OtpAuthReader;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a password manager stores of an account with codes.
 *
 * @param service the item's name, blank if it has none
 * @param user blank if there is none
 * @param totp an otpauth URI, {@code steam://} and Base32, or Base32 alone
 */
record PasswordItem(String service, String user, String totp) {

    private static final String STEAM = "steam://";

    /** Whether a text is clearly a source of codes. A bare secret is not, because it could be any word. */
    static boolean isUri(String text) {
        return OtpAuthReader.isUri(text) || startsWith(text, STEAM);
    }

    ImportItem read() {
        String text = totp.strip();
        if (OtpAuthReader.isUri(text)) {
            return ItemReading.uri(text, label());
        }
        boolean steam = startsWith(text, STEAM);
        return ItemReading.item(service.isBlank() ? user : service, () -> new AccountFields(
                        Optional.of(service),
                        user,
                        steam ? "steam" : "totp",
                        AccountFields.secret(Optional.of(steam ? text.substring(STEAM.length()) : text)),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty())
                .found());
    }

    /** The label for a URI that has none. */
    private String label() {
        String issuer = AccountNames.isName(service) ? service.replace(':', '-') : "";
        String account = AccountNames.isName(user) ? user : issuer;
        return account.isEmpty() ? "" : issuer + ":" + account;
    }

    private static boolean startsWith(String text, String scheme) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** Contains nothing of the item, because it contains a secret. */
    @Override
    public String toString() {
        return "PasswordItem";
    }
}
