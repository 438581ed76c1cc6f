package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AndOtpFileTest {

    @Test
    @DisplayName(
            "early entries have the issuer before a dash, no type, no period; otherwise a dash is part of the name")
    void early() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of(
                        "[{\"secret\":\"JBSWY3DP\",\"label\":\"Shop - ada - 1\"},{\"secret\":\"JBSWY3DP\",\"label\":\"ada\"},"
                                + "{\"secret\":\"JBSWY3DP\",\"label\":\"a - b\",\"issuer\":\"Shop\"},"
                                + "{\"secret\":\"JBSWY3DP\",\"label\":\"m\",\"type\":\"MOTP\"}]"),
                Optional.empty());
        assertThat(read.format()).isEqualTo(Format.ANDOTP);
        assertThat(Fixtures.accepted(read))
                .extracting(account -> account.issuer().orElse("-") + "/" + account.account())
                .containsExactly("Shop/ada - 1", "-/ada", "Shop/a - b");
        assertThat(Fixtures.refused(read)).singleElement().satisfies(item -> {
            assertThat(item.name()).isEqualTo("m");
            assertThat(item.reason()).isEqualTo(ImportItem.Reason.TYPE);
        });
    }

    @Test
    @DisplayName("an old backup is recognised only by decryption with its password")
    void old() throws UnreadableImportException {
        assertThat(Fixtures.accepted(Fixtures.read("andotp-old.json.aes"))).isEqualTo(Fixtures.ACCOUNTS);
        String content = ImportReader.contentOf(Fixtures.bytes("andotp-old.json.aes"));
        ImportReaderTest.assertUnreadable(Reason.UNKNOWN_FORMAT, content, Optional.empty());
        ImportReaderTest.assertUnreadable(Reason.UNKNOWN_FORMAT, content, Optional.of(new char[] {'x'}));
    }

    @ParameterizedTest
    @CsvSource({
        "9999, UNKNOWN_FORMAT",
        "10000, PASSWORD_WRONG",
        "2000001, KDF_TOO_EXPENSIVE",
        "10000000, KDF_TOO_EXPENSIVE",
        "10000001, UNKNOWN_FORMAT",
        "-1, UNKNOWN_FORMAT"
    })
    @DisplayName("a file cannot choose the rounds of its key, and with an implausible number it is not recognised")
    void rounds(int rounds, Reason reason) {
        byte[] file = Fixtures.bytes("andotp.json.aes");
        ByteBuffer.wrap(file).putInt(rounds);
        ImportReaderTest.assertUnreadable(reason, ImportReader.contentOf(file), Fixtures.password());
    }

    @Test
    @DisplayName("a backup that is truncated before its tag is not recognised")
    void cutOff() {
        byte[] file = Fixtures.bytes("andotp.json.aes");
        for (int length : List.of(1, 29, 45)) {
            String content = new Content.Binary(Arrays.copyOf(file, length)).print();
            ImportReaderTest.assertUnreadable(Reason.UNKNOWN_FORMAT, content, Fixtures.password());
        }
        String content = new Content.Binary(Arrays.copyOf(file, 46)).print();
        ImportReaderTest.assertUnreadable(Reason.PASSWORD_WRONG, content, Fixtures.password());
    }

    @Test
    @DisplayName("rounds are computed up to the caller's limit")
    void bound() throws UnreadableImportException {
        List<String> file = List.of(ImportReader.contentOf(Fixtures.bytes("andotp.json.aes")));
        assertThat(ImportReader.read(file, Fixtures.password(), Fixtures.bound(new KdfBound(0, 0, 140_000)))
                        .items())
                .hasSize(7);
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(
                        () -> ImportReader.read(file, Fixtures.password(), Fixtures.bound(new KdfBound(0, 0, 139_999))))
                .matches(e -> e.reason() == Reason.KDF_TOO_EXPENSIVE);
    }
}
