package io.github.totpguard.core.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.transfer.crypto.Scrypt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The slots of an Aegis vault: each holds the master key, encrypted with one password. */
final class AegisSlots {

    private static final int PASSWORD = 1;
    private static final int KEY_BYTES = 32;

    private AegisSlots() {}

    /**
     * Returns the master key.
     *
     * @throws UnreadableImportException if the password opens no slot, no slot is for a password, or trying all slots
     *     would be too expensive
     */
    static byte[] open(JsonNode slots, char[] password, KdfBound bound)
            throws UnreadableImportException, CryptoException {
        KdfBound left = bound;
        List<JsonFields> candidates = passwordSlots(slots);
        for (JsonFields slot : candidates) {
            Scrypt scrypt = scrypt(slot);
            left = left.spend(scrypt.memoryBytes(), scrypt.p());
            Optional<byte[]> key = open(slot, scrypt.derive(password));
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw JsonExportFile.wrongPassword();
    }

    private static List<JsonFields> passwordSlots(JsonNode slots) throws UnreadableImportException {
        List<JsonFields> candidates = new ArrayList<>();
        for (JsonNode node : slots) {
            JsonFields slot = new JsonFields(node);
            if (slot.number("type").orElse(-1) == PASSWORD) {
                candidates.add(slot);
            }
        }
        if (candidates.isEmpty()) {
            throw new UnreadableImportException(
                    Reason.UNSUPPORTED_ENCRYPTION, "No password opens the file: it has none, only a key of its phone.");
        }
        return candidates;
    }

    private static Scrypt scrypt(JsonFields slot) throws UnreadableImportException, CryptoException {
        return Scrypt.of(
                slot.number("n").orElse(0),
                slot.number("r").orElse(0),
                slot.number("p").orElse(0),
                Encoded.hex(slot, "salt"));
    }

    private static Optional<byte[]> open(JsonFields slot, byte[] passwordKey)
            throws UnreadableImportException, CryptoException {
        JsonFields params = slot.object("key_params");
        Optional<byte[]> key = AesGcm.open(
                passwordKey, Encoded.hex(params, "nonce"), Encoded.hex(slot, "key"), Encoded.hex(params, "tag"));
        if (key.isPresent() && key.get().length != KEY_BYTES) {
            throw JsonExportFile.damaged("a slot holds no key");
        }
        return key;
    }
}
