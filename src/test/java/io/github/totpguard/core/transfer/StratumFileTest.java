package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.crypto.Pbkdf2;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StratumFileTest {

    @ParameterizedTest
    @CsvSource({
        "'{\"Type\":3,\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\"}', TYPE",
        "'{\"Type\":5,\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\"}', TYPE",
        "'{\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\"}', TYPE",
        "'{\"Type\":2,\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\",\"Algorithm\":3}', ALGORITHM",
        "'{\"Type\":2,\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\",\"Algorithm\":\"x\"}', ALGORITHM",
        "'{\"Type\":2,\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\",\"Digits\":11}', DIGITS",
        "'{\"Type\":2,\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\",\"Period\":0}', PERIOD",
        "'{\"Type\":1,\"Issuer\":\"I\",\"Secret\":\"JBSWY3DP\"}', COUNTER",
        "'{\"Type\":2,\"Issuer\":\"I\"}', SECRET"
    })
    @DisplayName("an invalid entry is refused with its name and its reason, and the other one is read")
    void refused(String entry, Reason reason) throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of("{\"Authenticators\":[" + entry
                        + ",{\"Type\":2,\"Issuer\":\"Good\",\"Username\":null,\"Secret\":\"JBSWY3DP\"}]}"),
                Optional.empty());
        assertThat(Fixtures.refused(read)).singleElement().satisfies(item -> {
            assertThat(item.reason()).isEqualTo(reason);
            assertThat(item.name()).isEqualTo("I");
        });
        assertThat(Fixtures.accepted(read)).singleElement().satisfies(account -> assertThat(account.issuer())
                .hasValue("Good"));
    }

    @Test
    @DisplayName("the key of a current backup needs 64 MiB three times, and the limit is respected")
    void cost() {
        List<String> file = List.of(ImportReader.contentOf(Fixtures.bytes("stratum-encrypted.stratum")));
        for (KdfBound less :
                List.of(new KdfBound((64 << 20) - 1, 192 << 20, 0), new KdfBound(64 << 20, (192 << 20) - 1, 0))) {
            assertReason(UnreadableImportException.Reason.KDF_TOO_EXPENSIVE, file, less);
        }
        List<String> legacy = List.of(ImportReader.contentOf(Fixtures.bytes("stratum-legacy.authpro")));
        assertReason(UnreadableImportException.Reason.KDF_TOO_EXPENSIVE, legacy, new KdfBound(0, 0, 63_999));
    }

    @ParameterizedTest
    @CsvSource({"stratum-encrypted.stratum, 43", "stratum-legacy.authpro, 51", "stratum-legacy.authpro, 60"})
    @DisplayName("a truncated backup is damaged")
    void cutOff(String file, int length) {
        byte[] start = Arrays.copyOf(Fixtures.bytes(file), length);
        // The header alone would be read as text.
        String content = new Content.Binary(start).print();
        ImportReaderTest.assertUnreadable(UnreadableImportException.Reason.DAMAGED, content, Fixtures.password());
    }

    @Test
    @DisplayName("in old backups, every wrong password is reported as such, even if the padding is valid by chance")
    void wrong() throws Exception {
        byte[] file = Arrays.copyOf(Fixtures.bytes("stratum-legacy.authpro"), 16 + 20 + 16);
        byte[] salt = Arrays.copyOfRange(file, 16, 36);
        byte[] key = Pbkdf2.of(Pbkdf2.Prf.HMAC_SHA1, salt, 64_000).derive("test".toCharArray(), 256);
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(file, 36, 16));
        // The padding is valid, as for one of 256 wrong passwords, but the plaintext is not JSON.
        byte[] garbage = cipher.doFinal("x{}".getBytes(StandardCharsets.UTF_8));
        byte[] whole = Arrays.copyOf(file, file.length + garbage.length);
        System.arraycopy(garbage, 0, whole, file.length, garbage.length);

        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.PASSWORD_WRONG,
                new Content.Binary(whole).print(),
                Fixtures.password());
    }

    private static void assertReason(UnreadableImportException.Reason reason, List<String> file, KdfBound kdf) {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> ImportReader.read(file, Fixtures.password(), Fixtures.bound(kdf)))
                .matches(e -> e.reason() == reason);
    }
}
