package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeOtpTest {

    private static final int MAX_ENTRIES = 5;

    @ParameterizedTest
    @ValueSource(strings = {"freeotp1-tokens.xml", "freeotp2-externalBackup.xml"})
    @DisplayName("tokens of version 1 and of version 2 are read")
    void files(String file) throws UnreadableImportException {
        Import read = Fixtures.read(file);
        assertThat(read.format()).isEqualTo(Format.FREEOTP);
        assertThat(Fixtures.accepted(read)).isEqualTo(Fixtures.ACCOUNTS.subList(0, 6));
        assertThat(Fixtures.refused(read)).isEmpty();
    }

    @Test
    @DisplayName("a modified token is refused, and the others are read")
    void changed() throws UnreadableImportException {
        Map<String, String> map = SerializedMap.read(Fixtures.bytes("freeotp2-externalBackup.xml"), 2001);
        List<String> names =
                map.keySet().stream().filter(name -> name.length() == 36).toList();
        map.put(names.get(0), map.get(names.get(1)));
        map.remove(names.get(2) + "-token");
        map.put(names.get(3), "{");

        Import read =
                ImportReader.read(List.of(ImportReader.contentOf(serialised(new HashMap<>(map)))), Fixtures.password());

        // The first token has the secret of the second, with and without the same algorithm.
        assertThat(read.items()).hasSize(6);
        assertThat(Fixtures.refused(read)).allMatch(item -> item.toString().contains("damaged"));
        assertThat(Fixtures.refused(read)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    @DisplayName("without a master key, or with one of an unknown type, nothing can be decrypted")
    void masterKey() throws UnreadableImportException {
        Map<String, String> map =
                new HashMap<>(SerializedMap.read(Fixtures.bytes("freeotp2-externalBackup.xml"), 2001));
        String master = map.get("masterKey");
        map.remove("masterKey");
        assertUnreadable(Reason.DAMAGED, map);
        map.put("masterKey", master.replace("withHmacSHA512", "withHmacMD5"));
        assertUnreadable(Reason.UNSUPPORTED_ENCRYPTION, map);
        map.put("masterKey", master.replace("100000", "2000001"));
        assertUnreadable(Reason.KDF_TOO_EXPENSIVE, map);
        map.put("masterKey", master.replace("100000", "0"));
        assertUnreadable(Reason.DAMAGED, map);
        map.put("masterKey", master.replace("AES/GCM", "AES/ECB"));
        assertUnreadable(Reason.DAMAGED, map);
        map.put("masterKey", master.replace("\"mSalt\": [", "\"mSalt\": [128, "));
        assertUnreadable(Reason.DAMAGED, map);
    }

    @Test
    @DisplayName("a serialised map of strings is read, with the same string twice and with any character")
    void map() throws UnreadableImportException {
        String same = "\u00e4\ud83d\ude00\0";
        Map<String, String> map = new HashMap<>(Map.of("a", same, "b", same, same, "c"));
        assertThat(SerializedMap.read(serialised((Serializable) map), MAX_ENTRIES))
                .isEqualTo(map);
        assertThat(SerializedMap.read(serialised(new HashMap<>()), MAX_ENTRIES)).isEmpty();
    }

    @Test
    @DisplayName("any object other than a map of strings is damaged, and none of its classes is instantiated")
    void otherObjects() {
        for (Serializable object : List.of(
                new ArrayList<>(List.of("a")),
                new TreeMap<>(Map.of("a", "b")),
                "a",
                new HashMap<>(Map.of("a", 1)),
                new HashMap<>(Map.of("a", new HashMap<>())),
                new HashMap<>(Map.of("a", "b".repeat(70_000))))) {
            assertUnreadable(Reason.DAMAGED, serialised(object));
        }
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 2 * Import.MAX_ITEMS + 2; i++) {
            many.put("k" + i, "v");
        }
        assertUnreadable(Reason.TOO_MANY_ITEMS, many);
    }

    @Test
    @DisplayName("a map that is truncated, or has a modified byte in its structure, is damaged")
    void frame() {
        byte[] file = serialised(new HashMap<>(Map.of("a", "b")));
        for (int length = 0; length < file.length; length++) {
            assertNoMap(Arrays.copyOf(file, length));
        }
        // All bytes up to the values of the two fields, which do not matter; then those of the block and of the
        // entries.
        IntStream.concat(IntStream.range(0, 63), IntStream.of(71, 72, 77, 80, 81, 82, 85, 86, 89))
                .forEach(place -> {
                    byte[] changed = file.clone();
                    changed[place] ^= 0x40;
                    assertNoMap(changed);
                });
    }

    private static void assertNoMap(byte[] file) {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> SerializedMap.read(file, MAX_ENTRIES))
                .matches(e -> e.reason() == Reason.DAMAGED || e.reason() == Reason.TOO_MANY_ITEMS);
    }

    @Test
    @DisplayName("in version 1, a changed name and Steam by its issuer are read, and invalid secrets are refused")
    void tokens() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of(xml(
                        "{'issuerExt':'A','issuerAlt':'B','label':'a','labelAlt':'b','secret':[1,-2],'type':'TOTP'}",
                        "{'issuerExt':'Steam','label':'a','secret':[1],'type':'TOTP','digits':5}",
                        "{'issuerInt':'C','label':'a','secret':[],'type':'TOTP'}",
                        "{'issuerInt':'C','label':'a','secret':[256],'type':'TOTP'}",
                        "{'issuerInt':'C','label':'a','type':'TOTP'}",
                        "no JSON")),
                Optional.empty());
        assertThat(Fixtures.accepted(read))
                .extracting(account -> account.issuer().orElse("-") + "/" + account.account())
                .containsExactly("B/b", "Steam/a");
        assertThat(Fixtures.accepted(read).get(1).parameters()).isInstanceOf(OtpParameters.Steam.class);
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(
                        ImportItem.Reason.SECRET,
                        ImportItem.Reason.SECRET,
                        ImportItem.Reason.SECRET,
                        ImportItem.Reason.DAMAGED);
    }

    @Test
    @DisplayName("in version 1, the number of accounts in XML is limited, and external entities are not read")
    void hostileXml() {
        String token = "{'label':'a','secret':[1],'type':'TOTP'}";
        String[] many = new String[Import.MAX_ITEMS + 1];
        Arrays.fill(many, token);
        ImportReaderTest.assertUnreadable(Reason.TOO_MANY_ITEMS, xml(many), Optional.empty());
        ImportReaderTest.assertUnreadable(Reason.DAMAGED, xml(token).replace("</map>", ""), Optional.empty());
        String entity =
                xml("&x;").replace("<map>", "<!DOCTYPE map [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><map>");
        ImportReaderTest.assertUnreadable(Reason.DAMAGED, entity, Optional.empty());
    }

    private static String xml(String... tokens) {
        StringBuilder xml = new StringBuilder("<?xml version='1.0'?><map><string name=\"tokenOrder\">[]</string>");
        for (String token : tokens) {
            xml.append("<string name=\"x\">").append(token.replace('\'', '"')).append("</string>");
        }
        return xml.append("</map>").toString();
    }

    private static byte[] serialised(Serializable object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(object);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static void assertUnreadable(Reason reason, Map<String, String> map) {
        assertUnreadable(reason, serialised(new HashMap<>(map)));
    }

    private static void assertUnreadable(Reason reason, byte[] file) {
        ImportReaderTest.assertUnreadable(reason, new Content.Binary(file).print(), Fixtures.password());
    }

    @Test
    @DisplayName("a text that only begins like XML is not a FreeOTP file")
    void otherXml() {
        for (String text : List.of("<?xml version='1.0'?><a/>", "<map>\"tokenOrder\"</map>")) {
            ImportReaderTest.assertUnreadable(Reason.UNKNOWN_FORMAT, text, Optional.empty());
        }
    }
}
