package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.Argon2id;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The export of Proton Authenticator, version 1. In a plain export, every entry has an otpauth URI, or {@code steam://}
 * and a key. In an encrypted export, {@code content} is nonce, ciphertext and tag of AES-256-GCM with a fixed text as
 * associated data. Argon2id with 19 MiB and 2 passes derives the key from the password.
 *
 * @see <a href="https://github.com/protonpass/proton-pass-common">proton-authenticator/src/entry/exporter.rs and
 *     password_exporter.rs of proton-pass-common, commit 65bb844</a>
 */
final class ProtonFile {

    private static final int NEWEST = 1;
    private static final long MEMORY = 19L << 20;
    private static final int PASSES = 2;
    private static final byte[] ASSOCIATED = "proton.authenticator.export.v1".getBytes(StandardCharsets.US_ASCII);
    private static final String STEAM = "steam://";

    private final JsonFields root;
    private final JsonExportFile opening;

    ProtonFile(JsonFields root, JsonExportFile opening) {
        this.root = root;
        this.opening = opening;
    }

    static boolean recognises(JsonFields root) {
        boolean encrypted =
                root.text("salt").isPresent() && root.text("content").isPresent();
        JsonNode entries = root.node().path("entries");
        boolean plain =
                entries.isArray() && (entries.isEmpty() || entries.path(0).has("content"));
        return root.has("version") && (encrypted || plain);
    }

    List<ImportItem> items() throws UnreadableImportException, CryptoException {
        JsonExportFile.requireVersion(root, "version", NEWEST);
        JsonFields content = root;
        if (content.text("content").isPresent()) {
            content = new JsonFields(JsonFile.parse(decrypted()));
            JsonExportFile.requireVersion(content, "version", NEWEST);
        }
        return JsonFile.items(content.node().path("entries"), ProtonFile::item);
    }

    private String decrypted() throws UnreadableImportException, CryptoException {
        char[] password = opening.neededPassword();
        Argon2id argon2 = Argon2id.of(MEMORY, PASSES, Encoded.base64(root, "salt"));
        byte[] sealed = Encoded.base64(root, "content");
        if (sealed.length < AesGcm.NONCE_BYTES) {
            throw JsonExportFile.damaged("content is too short");
        }
        opening.bound().spend(argon2.memoryBytes(), argon2.passes());
        byte[] json = AesGcm.openWith(
                        ASSOCIATED,
                        argon2.derive(password),
                        Arrays.copyOf(sealed, AesGcm.NONCE_BYTES),
                        Arrays.copyOfRange(sealed, AesGcm.NONCE_BYTES, sealed.length))
                .orElseThrow(JsonExportFile::wrongPassword);
        return new String(json, StandardCharsets.UTF_8);
    }

    private static ImportItem item(JsonFields entry) {
        JsonFields content = entry.object("content");
        String name = content.text("name").orElse("");
        String uri = content.text("uri").orElse("").strip();
        if (!uri.regionMatches(true, 0, STEAM, 0, STEAM.length())) {
            // The app writes spaces of the issuer as plus signs, as in a form. It escapes real plus signs.
            return ItemReading.uri(uri.replace("+", "%20"), name);
        }
        return ItemReading.item(name, () -> new AccountFields(
                        // The app shows this issuer for all Steam accounts.
                        Optional.of("Steam"),
                        name,
                        "steam",
                        steamSecret(uri.substring(STEAM.length())),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty())
                .found());
    }

    /** Base32. If the text is not Base32, it is read as Base64 without padding, as the app does. */
    private static OtpSecret steamSecret(String written) throws RefusalException {
        try {
            return OtpSecret.ofBase32(written);
        } catch (IllegalArgumentException e) {
            try {
                return OtpSecret.ofBytes(Base64.getDecoder().decode(written));
            } catch (IllegalArgumentException neither) {
                throw new RefusalException(
                        Reason.SECRET, "The secret cannot be read. It is neither Base32 nor Base64.");
            }
        }
    }
}
