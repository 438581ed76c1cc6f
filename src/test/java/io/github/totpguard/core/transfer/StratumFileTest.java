package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    @DisplayName("an entry that cannot be read is refused with its name and its reason, the other is read")
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
    @DisplayName("the key of a current backup takes 64 MiB three times over, and more is not spent than is allowed")
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
    @DisplayName("a backup that is cut off is damaged")
    void cutOff(String file, int length) {
        byte[] start = Arrays.copyOf(Fixtures.bytes(file), length);
        // The header alone could be a text.
        String content = new Content.Binary(start).print();
        ImportReaderTest.assertUnreadable(UnreadableImportException.Reason.DAMAGED, content, Fixtures.password());
    }

    @Test
    @DisplayName("old backups: every wrong password is told as such, whatever its padding looks like")
    void wrong() {
        String content = ImportReader.contentOf(Fixtures.bytes("stratum-legacy.authpro"));
        for (int i = 0; i < 3; i++) {
            ImportReaderTest.assertUnreadable(
                    UnreadableImportException.Reason.PASSWORD_WRONG,
                    content,
                    Optional.of(Integer.toString(i).toCharArray()));
        }
    }

    private static void assertReason(UnreadableImportException.Reason reason, List<String> file, KdfBound kdf) {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> ImportReader.read(file, Fixtures.password(), Fixtures.bound(kdf)))
                .matches(e -> e.reason() == reason);
    }
}
