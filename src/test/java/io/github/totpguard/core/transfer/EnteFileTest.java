package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.transfer.crypto.Argon2id;
import io.github.totpguard.core.transfer.crypto.SecretStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnteFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    @DisplayName("if the message is not the last of the stream, the file was truncated")
    void cutOff() {
        ImportReaderTest.assertUnreadable(Reason.DAMAGED, Fixtures.text("ente-cut-off.json"), Fixtures.password());
    }

    @Test
    @DisplayName("every changed bit of header and message is detected")
    void changed() throws Exception {
        ObjectNode file = file();
        ObjectNode params = (ObjectNode) file.get("kdfParams");
        byte[] key = Argon2id.of(
                        params.get("memLimit").asLong(),
                        params.get("opsLimit").asLong(),
                        Base64.getDecoder().decode(params.get("salt").asText()))
                .derive("test".toCharArray());
        byte[] header = Base64.getDecoder().decode(file.get("encryptionNonce").asText());
        byte[] message = Base64.getDecoder().decode(file.get("encryptedData").asText());
        assertThat(SecretStream.open(key, header, message)).isPresent();
        for (int bit = 0; bit < header.length * 8; bit++) {
            assertThat(SecretStream.open(key, flipped(header, bit), message)).isEmpty();
        }
        for (int bit = 0; bit < message.length * 8; bit++) {
            assertThat(SecretStream.open(key, header, flipped(message, bit))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1073741824, 4, KDF_TOO_EXPENSIVE",
        "67108864, 9, KDF_TOO_EXPENSIVE",
        "67109888, 1, KDF_TOO_EXPENSIVE",
        "8192, 2147483647, KDF_TOO_EXPENSIVE",
        "8191, 1, DAMAGED",
        "0, 1, DAMAGED",
        "-1, 1, DAMAGED",
        "9223372036854775807, 1, DAMAGED",
        "8192, 0, DAMAGED",
        "8192, 9223372036854775807, DAMAGED"
    })
    @DisplayName("a file cannot choose how much memory and time its key needs")
    void argon2(long memory, long passes, Reason reason) throws Exception {
        ObjectNode file = file();
        ((ObjectNode) file.get("kdfParams")).put("memLimit", memory).put("opsLimit", passes);
        ImportReaderTest.assertUnreadable(reason, file.toString(), Fixtures.password());
    }

    @Test
    @DisplayName("the limit is that of the caller")
    void bound() throws Exception {
        String file = file().toString();
        KdfBound exact = new KdfBound(8 << 20, 3 * (8 << 20), 0);
        assertThat(ImportReader.read(List.of(file), Fixtures.password(), Fixtures.bound(exact))
                        .items())
                .hasSize(7);
        for (KdfBound less : List.of(
                new KdfBound(exact.memoryBytes() - 1, exact.workBytes(), 0),
                new KdfBound(exact.memoryBytes(), exact.workBytes() - 1, 0))) {
            assertThatExceptionOfType(UnreadableImportException.class)
                    .isThrownBy(() -> ImportReader.read(List.of(file), Fixtures.password(), Fixtures.bound(less)))
                    .matches(e -> e.reason() == Reason.KDF_TOO_EXPENSIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"salt, AAAA", "salt, '*'", "encryptionNonce, AAAA", "encryptedData, AAAA", "encryptedData, '*'"})
    @DisplayName("parts of impossible length, and parts that are not Base64, are refused")
    void damaged(String part, String text) throws Exception {
        ObjectNode file = file();
        (part.equals("salt") ? (ObjectNode) file.get("kdfParams") : file).put(part, text);
        ImportReaderTest.assertUnreadable(Reason.DAMAGED, file.toString(), Fixtures.password());
    }

    private static ObjectNode file() throws Exception {
        return (ObjectNode) JSON.readTree(Fixtures.text("ente-encrypted.json"));
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }
}
