package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.transfer.crypto.Pbkdf2;
import io.github.totpguard.core.uri.AccountReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The backup of 2FAS, schema 1 to 4. In an encrypted backup, {@code servicesEncrypted} is the Base64 of ciphertext and
 * tag, of a salt and of a nonce, separated by colons: PBKDF2-HMAC-SHA-256, 10,000 rounds, then AES-256-GCM.
 */
final class TwoFasFile {

    private static final int NEWEST_SCHEMA = 4;
    private static final int ROUNDS = 10_000;
    private static final int KEY_BITS = 256;

    private final JsonFields root;
    private final JsonExportFile opening;

    TwoFasFile(JsonFields root, JsonExportFile opening) {
        this.root = root;
        this.opening = opening;
    }

    static boolean recognises(JsonFields root) {
        return root.has("servicesEncrypted") || root.hasArray("services");
    }

    List<ImportItem> items() throws UnreadableImportException, CryptoException {
        JsonExportFile.requireVersion(root, "schemaVersion", NEWEST_SCHEMA);
        Optional<String> encrypted = root.text("servicesEncrypted").filter(text -> !text.isBlank());
        JsonNode services =
                encrypted.isPresent() ? decrypted(encrypted.get()) : root.node().path("services");
        return JsonFile.items(services, TwoFasFile::item);
    }

    private JsonNode decrypted(String encrypted) throws UnreadableImportException, CryptoException {
        char[] password = opening.neededPassword();
        String[] parts = encrypted.split(":", -1);
        if (parts.length != 3) {
            throw JsonExportFile.damaged("servicesEncrypted is not of three parts");
        }
        opening.bound().spendRounds(ROUNDS);
        byte[] sealed = Encoded.base64(parts[0]);
        Pbkdf2 pbkdf2 = Pbkdf2.of(Pbkdf2.Prf.HMAC_SHA256, Encoded.base64(parts[1]), ROUNDS);
        byte[] json = AesGcm.open(pbkdf2.derive(password, KEY_BITS), Encoded.base64(parts[2]), sealed)
                .orElseThrow(JsonExportFile::wrongPassword);
        return JsonFile.parse(new String(json, StandardCharsets.UTF_8));
    }

    private static ImportItem item(JsonFields service) {
        return ItemReading.item(service.text("name").orElse(""), () -> account(service));
    }

    private static AccountReading account(JsonFields service) throws RefusalException {
        JsonFields otp = service.object("otp");
        Optional<String> issuer =
                otp.text("issuer").filter(text -> !text.isBlank()).or(() -> service.text("name"));
        String account = otp.text("account")
                .filter(text -> !text.isBlank())
                .or(() -> otp.text("label"))
                .orElse("");
        return new AccountFields(
                        issuer,
                        account,
                        // Schema 1 had no other type.
                        otp.text("tokenType").orElse("totp"),
                        AccountFields.secret(service.text("secret")),
                        otp.text("algorithm"),
                        otp.numberOrAbsent("digits", Reason.DIGITS),
                        otp.numberOrAbsent("period", Reason.PERIOD),
                        otp.numberOrAbsent("counter", Reason.COUNTER))
                .found();
    }
}
