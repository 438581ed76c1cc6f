package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A key that FreeOTP has encrypted with another key, as <a
 * href="https://github.com/freeotp/freeotp-android/blob/master/mobile/src/main/java/org/fedorahosted/freeotp/encryptor/EncryptedKey.java">
 * EncryptedKey.java</a> writes it (version 2.0.6): AES-GCM with the name of the key's algorithm as associated data.
 */
final class FreeOtpKey {

    private static final int MAX_BYTES = 4096;
    // DER (X.690) of GCMParameters (RFC 5084 section 3.2), or only the nonce.
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private final JsonFields fields;

    FreeOtpKey(JsonFields fields) {
        this.fields = fields;
    }

    /**
     * @return the key; empty if it was not encrypted with the other key
     * @throws UnreadableImportException if a part is missing
     */
    Optional<byte[]> open(byte[] other) throws UnreadableImportException, CryptoException {
        if (!fields.text("mCipher").orElse("").equals("AES/GCM/NoPadding")) {
            throw JsonExportFile.damaged("the cipher of a key is unknown");
        }
        byte[] algorithm = fields.text("mToken")
                .orElseThrow(() -> JsonExportFile.damaged("mToken is missing"))
                .getBytes(StandardCharsets.UTF_8);
        return AesGcm.openWith(algorithm, other, nonce(bytes(fields, "mParameters")), bytes(fields, "mCipherText"));
    }

    static byte[] bytes(JsonFields fields, String name) throws UnreadableImportException {
        return Encoded.signedBytes(fields.node().path(name), MAX_BYTES)
                .orElseThrow(() -> JsonExportFile.damaged(name + " is no list of bytes"));
    }

    private static byte[] nonce(byte[] parameters) throws UnreadableImportException {
        int from = parameters.length > 0 && parameters[0] == SEQUENCE ? 2 : 0;
        boolean there = parameters.length >= from + 2 + AesGcm.NONCE_BYTES
                && parameters[from] == OCTET_STRING
                && parameters[from + 1] == AesGcm.NONCE_BYTES;
        if (!there) {
            throw JsonExportFile.damaged("the nonce of a key is missing");
        }
        return Arrays.copyOfRange(parameters, from + 2, from + 2 + AesGcm.NONCE_BYTES);
    }
}
