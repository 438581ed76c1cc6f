package io.github.totpguard.core.transfer;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.AccountReading;
import java.util.Optional;

/**
 * A token of FreeOTP, as <a
 * href="https://github.com/freeotp/freeotp-android/blob/master/mobile/src/main/java/org/fedorahosted/freeotp/Token.java">
 * Token.java</a> writes it (version 2.0.6). Members that end with {@code Alt} are names that a user of version 1 has
 * changed.
 */
final class FreeOtpToken {

    private final JsonFields token;

    FreeOtpToken(JsonFields token) {
        this.token = token;
    }

    /** @param secret empty if it cannot be read */
    ImportItem item(Optional<byte[]> secret) {
        return ItemReading.item(label().isBlank() ? issuer().orElse("") : label(), () -> found(secret));
    }

    private AccountReading found(Optional<byte[]> secret) throws RefusalException {
        Optional<String> issuer = issuer();
        // The app generates Steam codes for this issuer, whatever else the token contains.
        boolean steam = issuer.filter("Steam"::equals).isPresent();
        return new AccountFields(
                        issuer,
                        label(),
                        steam ? "steam" : token.text("type").orElse(""),
                        secret(secret),
                        token.text("algo"),
                        token.numberOrAbsent("digits", Reason.DIGITS),
                        token.numberOrAbsent("period", Reason.PERIOD),
                        token.numberOrAbsent("counter", Reason.COUNTER))
                .found();
    }

    private static OtpSecret secret(Optional<byte[]> bytes) throws RefusalException {
        try {
            return OtpSecret.ofBytes(
                    bytes.orElseThrow(() -> new RefusalException(Reason.SECRET, "The secret cannot be read.")));
        } catch (IllegalArgumentException e) {
            throw new RefusalException(Reason.SECRET, "The secret cannot be read. " + e.getMessage() + ".");
        }
    }

    private Optional<String> issuer() {
        return visible("issuerAlt").or(() -> visible("issuerExt")).or(() -> visible("issuerInt"));
    }

    private String label() {
        return visible("labelAlt").or(() -> visible("label")).orElse("");
    }

    private Optional<String> visible(String name) {
        return token.text(name).filter(text -> !text.isBlank());
    }
}
