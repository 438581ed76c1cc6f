package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AegisFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INFO =
            "{\"secret\":\"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\",\"algo\":\"SHA1\",\"digits\":6,";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "TYPE; {\"type\":\"yandex\",\"name\":\"n\",\"info\":" + INFO + "\"pin\":\"1\"}}",
                "TYPE; {\"type\":\"motp\",\"name\":\"n\",\"info\":" + INFO + "\"pin\":\"1\"}}",
                "TYPE; {\"name\":\"n\",\"info\":" + INFO + "\"period\":30}}",
                "COUNTER; {\"type\":\"hotp\",\"name\":\"n\",\"info\":" + INFO + "\"period\":30}}",
                "COUNTER; {\"type\":\"hotp\",\"name\":\"n\",\"info\":" + INFO + "\"counter\":-1}}",
                "COUNTER; {\"type\":\"hotp\",\"name\":\"n\",\"info\":" + INFO + "\"counter\":1.5}}",
                "PERIOD; {\"type\":\"totp\",\"name\":\"n\",\"info\":" + INFO + "\"period\":0}}",
                "PERIOD; {\"type\":\"totp\",\"name\":\"n\",\"info\":" + INFO + "\"period\":4294967326}}",
                "PERIOD; {\"type\":\"totp\",\"name\":\"n\",\"info\":" + INFO + "\"period\":{}}}",
                "DIGITS; {\"type\":\"totp\",\"name\":\"n\",\"info\":{\"secret\":\"JBSWY3DP\",\"digits\":11}}",
                "DIGITS; {\"type\":\"hotp\",\"name\":\"n\",\"info\":{\"secret\":\"JBSWY3DP\",\"digits\":4294967302}}",
                "ALGORITHM; {\"type\":\"totp\",\"name\":\"n\",\"info\":{\"secret\":\"JBSWY3DP\",\"algo\":\"MD5\"}}",
                "SECRET; {\"type\":\"totp\",\"name\":\"n\",\"info\":{\"secret\":\"JBSWY3D0\"}}",
                "SECRET; {\"type\":\"totp\",\"name\":\"n\",\"info\":{\"secret\":\"\"}}",
                "SECRET; {\"type\":\"totp\",\"name\":\"n\",\"info\":{\"secret\":5}}",
                "SECRET; {\"type\":\"totp\",\"issuer\":\"n\"}",
                "SECRET_IN_NAME; {\"type\":\"totp\",\"name\":\"x JBSWY3DP\",\"info\":{\"secret\":\"JBSWY3DP\"}}",
                "NOT_AN_ACCOUNT; \"JBSWY3DP\"",
                "NOT_AN_ACCOUNT; null"
            })
    @DisplayName("an invalid entry between two valid ones is refused with its reason")
    void refused(Reason reason, String entry) throws UnreadableImportException {
        String good = "{\"type\":\"totp\",\"name\":\"n\",\"info\":" + INFO + "\"period\":30}}";
        Import read = read("{\"version\":1,\"header\":{\"slots\":null},\"db\":{\"version\":3,\"entries\":[" + good + ","
                + entry + "," + good + "]}}");
        assertThat(read.items()).hasSize(3);
        assertThat(Fixtures.accepted(read)).hasSize(2);
        assertThat(read.items().get(1)).isInstanceOfSatisfying(ImportItem.Refused.class, item -> {
            assertThat(item.reason()).isEqualTo(reason);
            assertThat(item.name())
                    .isEqualTo(reason == Reason.SECRET_IN_NAME || reason == Reason.NOT_AN_ACCOUNT ? "" : "n");
            assertThat(item.toString()).doesNotContain("JBSWY3D");
        });
    }

    @Test
    @DisplayName("numbers written as text, Steam in 2FAuth's spelling, and names with colons are read")
    void tolerated() throws UnreadableImportException {
        Import read = read("{\"version\":1,\"header\":{\"slots\":null},\"db\":{\"version\":2,\"entries\":["
                + "{\"type\":\"hotp\",\"name\":\"n\",\"info\":{\"secret\":\"jbsw y3dp\",\"digits\":\"8\",\"counter\":\"7\"}},"
                + "{\"type\":\"steamtotp\",\"name\":\"n\",\"issuer\":\"A:B\",\"info\":{\"secret\":\"JBSWY3DP\"}}]}}");
        assertThat(Fixtures.accepted(read).get(0).counter()).hasValue(7);
        assertThat(Fixtures.accepted(read).get(0).parameters().digits()).isEqualTo(8);
        assertThat(Fixtures.accepted(read).get(1).issuer()).hasValue("A-B");
    }

    @Test
    @DisplayName("a counter of 0, a secret with spaces, and an entry with only an issuer are read")
    void edges() throws UnreadableImportException {
        Import read = read("{\"version\":1,\"header\":{\"slots\":null},\"db\":{\"version\":1,\"entries\":["
                + "{\"type\":\"hotp\",\"name\":\"n\",\"info\":{\"secret\":\"JBSWY3DP\",\"counter\":0}},"
                + "{\"type\":\"totp\",\"name\":\" \",\"issuer\":\"I\",\"info\":{\"secret\":\" \"}}]}}");
        assertThat(Fixtures.accepted(read).get(0).counter()).hasValue(0);
        assertThat(Fixtures.refused(read)).singleElement().satisfies(item -> {
            assertThat(item.name()).isEqualTo("I");
            assertThat(item.message()).isEqualTo("The account has no secret.");
        });
    }

    @ParameterizedTest
    @CsvSource({
        // scrypt needs 128 * n * r bytes, p times.
        "1048576, 8, 1, KDF_TOO_EXPENSIVE",
        "32768, 17, 1, KDF_TOO_EXPENSIVE",
        "65537, 8, 1, DAMAGED",
        "0, 8, 1, DAMAGED",
        "1, 8, 1, DAMAGED",
        "-32768, 8, 1, DAMAGED",
        "9223372036854775807, 8, 1, DAMAGED",
        "32768, 0, 1, DAMAGED",
        "32768, 9223372036854775807, 1, DAMAGED",
        "32768, 8, 0, DAMAGED",
        "32768, 8, 17, DAMAGED"
    })
    @DisplayName("a file cannot choose how much memory and time its key needs")
    void scrypt(long n, long r, long p, UnreadableImportException.Reason reason) throws Exception {
        ObjectNode file = encrypted();
        passwordSlot(file).put("n", n).put("r", r).put("p", p);
        ImportReaderTest.assertUnreadable(reason, file.toString(), Fixtures.password());
    }

    @Test
    @DisplayName("the limit applies to all slots together: if it allows three, the fourth is not tried")
    void manySlots() throws Exception {
        ObjectNode file = encrypted();
        ObjectNode slot = passwordSlot(file).deepCopy().put("salt", "00");
        ArrayNode slots = (ArrayNode) file.get("header").get("slots");
        slots.removeAll();
        for (int i = 0; i < 4; i++) {
            slots.add(slot);
        }
        KdfBound three = new KdfBound(32 << 20, 3 * (32 << 20), 0);
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(
                        () -> ImportReader.read(List.of(file.toString()), Fixtures.password(), Fixtures.bound(three)))
                .matches(e -> e.reason() == UnreadableImportException.Reason.KDF_TOO_EXPENSIVE);
    }

    @Test
    @DisplayName("a file without a password slot cannot be decrypted with a password")
    void noPasswordSlot() throws Exception {
        ObjectNode file = encrypted();
        ((ArrayNode) file.get("header").get("slots")).remove(1);
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.UNSUPPORTED_ENCRYPTION, file.toString(), Fixtures.password());
    }

    @Test
    @DisplayName("a damaged file is distinguished from a wrong password if that is possible")
    void damaged() throws Exception {
        for (Map.Entry<String, String> change : Map.of("nonce", "00", "tag", "zz", "salt", "0", "key", "not hex")
                .entrySet()) {
            ObjectNode file = encrypted();
            ObjectNode slot = passwordSlot(file);
            (slot.has(change.getKey()) ? slot : (ObjectNode) slot.get("key_params"))
                    .put(change.getKey(), change.getValue());
            ImportReaderTest.assertUnreadable(
                    UnreadableImportException.Reason.DAMAGED, file.toString(), Fixtures.password());
        }
        ObjectNode noNonce = encrypted();
        ((ObjectNode) passwordSlot(noNonce).get("key_params")).remove("nonce");
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.DAMAGED, noNonce.toString(), Fixtures.password());
        ObjectNode content = encrypted().put("db", "AAAA");
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.DAMAGED, content.toString(), Fixtures.password());
        ObjectNode noBase64 = encrypted().put("db", "*");
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.DAMAGED, noBase64.toString(), Fixtures.password());
    }

    private static ObjectNode encrypted() throws Exception {
        return (ObjectNode) JSON.readTree(Fixtures.text("aegis-encrypted.json"));
    }

    private static ObjectNode passwordSlot(ObjectNode file) {
        return (ObjectNode) file.get("header").get("slots").get(1);
    }

    private static Import read(String json) throws UnreadableImportException {
        return ImportReader.read(List.of(json), Fixtures.NO_PASSWORD);
    }
}
