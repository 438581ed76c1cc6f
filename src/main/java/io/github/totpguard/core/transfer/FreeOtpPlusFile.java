package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The JSON backup of FreeOTP+. A secret is a list of signed bytes. If the user has changed a name, the new name is in
 * {@code issuerAlt} or {@code labelAlt} next to the original one.
 *
 * @see <a href="https://github.com/helloworld1/FreeOTPPlus">ImportExportUtil.kt, SavedTokens.kt and Token.java of
 *     FreeOTPPlus, version 3.1.1</a>
 */
final class FreeOtpPlusFile {

    // The app generates Steam codes for tokens with exactly this issuer.
    private static final String STEAM = "Steam";
    private static final int STEAM_DIGITS = 5;

    private final JsonFields root;

    FreeOtpPlusFile(JsonFields root) {
        this.root = root;
    }

    static boolean recognises(JsonFields root) {
        return root.hasArray("tokens")
                && (root.hasArray("tokenOrder")
                        || root.node().path("tokens").path(0).path("secret").isArray());
    }

    List<ImportItem> items() throws UnreadableImportException {
        return JsonFile.items(root.node().path("tokens"), FreeOtpPlusFile::item);
    }

    private static ImportItem item(JsonFields token) {
        Optional<String> issuer = first(token, "issuerAlt", "issuerExt", "issuerInt");
        String account = first(token, "labelAlt", "label").orElse("");
        return ItemReading.item(account.isBlank() ? issuer.orElse("") : account, () -> new AccountFields(
                        issuer,
                        account,
                        type(token),
                        secret(token.node().path("secret")),
                        token.text("algo"),
                        token.numberOrAbsent("digits", Reason.DIGITS),
                        token.numberOrAbsent("period", Reason.PERIOD),
                        counter(token))
                .found());
    }

    private static Optional<String> first(JsonFields token, String... names) {
        return Stream.of(names)
                .map(token::text)
                .flatMap(Optional::stream)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private static String type(JsonFields token) throws RefusalException {
        String type = token.text("type").orElse("");
        if (!type.equalsIgnoreCase("totp")
                || !token.text("issuerExt").filter(STEAM::equals).isPresent()) {
            return type;
        }
        if (token.number("digits").orElse(STEAM_DIGITS) != STEAM_DIGITS) {
            throw new RefusalException(Reason.DIGITS, "Steam's codes have five characters, not another number.");
        }
        return STEAM;
    }

    private static OtpSecret secret(JsonNode bytes) throws RefusalException {
        if (!bytes.isArray() || bytes.isEmpty() || bytes.size() > OtpSecret.MAX_BYTES) {
            throw new RefusalException(
                    Reason.SECRET, "The secret is not a list of 1 to " + OtpSecret.MAX_BYTES + " bytes.");
        }
        byte[] secret = new byte[bytes.size()];
        for (int i = 0; i < secret.length; i++) {
            JsonNode number = bytes.get(i);
            if (!number.isIntegralNumber()
                    || !number.canConvertToInt()
                    || number.intValue() < Byte.MIN_VALUE
                    || number.intValue() > 0xff) {
                throw new RefusalException(Reason.SECRET, "The secret holds something that is not a byte.");
            }
            secret[i] = (byte) number.intValue();
        }
        return OtpSecret.ofBytes(secret);
    }

    /** The app writes -1 for a token that was added with counter 0 and has not been used. */
    private static OptionalLong counter(JsonFields token) throws RefusalException {
        OptionalLong counter = token.numberOrAbsent("counter", Reason.COUNTER);
        return counter.isPresent() && counter.getAsLong() == -1 ? OptionalLong.of(0) : counter;
    }
}
