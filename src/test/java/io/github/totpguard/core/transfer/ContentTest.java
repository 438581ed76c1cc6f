package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private static final String DATA = "data:application/octet-stream;base64,";

    @ParameterizedTest
    @CsvSource({"'', UTF-8", "EFBBBF, UTF-8", "'', UTF-16LE", "FFFE, UTF-16LE", "'', UTF-16BE", "FEFF, UTF-16BE"})
    @Tag("S50")
    @DisplayName("a text is the same in UTF-8 and UTF-16, with and without a byte order mark")
    void encodings(String mark, Charset charset) throws UnreadableImportException {
        String text = Fixtures.text("ente-plain.txt");
        byte[] file = concatenated(HexFormat.of().parseHex(mark), text.getBytes(charset));

        assertThat(ImportReader.contentOf(file)).isEqualTo(text);
        String url = "data:text/plain;base64," + Base64.getEncoder().encodeToString(file);
        assertThat(Fixtures.accepted(ImportReader.read(List.of(url), Optional.empty())))
                .isEqualTo(Fixtures.ACCOUNTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00", // a NUL is not text
                "410042", // UTF-16 of an odd length
                "410000004200", // a NUL in UTF-16
                "4100004200", // zeros at both places
                "414243444546474800", // too few zeros
                "c3", // truncated UTF-8
                "efbbbfff", // a byte order mark, but not UTF-8
                "fffe00d8", // a lone surrogate
                "aced000573720011", // Java serialisation
                "504b0304140000" // ZIP
            })
    @DisplayName("a content that is not text is passed on as its bytes")
    void binary(String hex) throws UnreadableImportException {
        byte[] file = HexFormat.of().parseHex(hex);
        String content = ImportReader.contentOf(file);

        assertThat(content).isEqualTo(DATA + Base64.getEncoder().encodeToString(file));
        assertThat(Content.of(content))
                .isInstanceOfSatisfying(Content.Binary.class, binary -> assertThat(binary.bytes())
                        .isEqualTo(file));
    }

    @Test
    @DisplayName("an empty file is an empty text")
    void empty() {
        assertThat(ImportReader.contentOf(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", "data:,x", "data:text/plain,;base6", "database;base6,", "x data:;base64,AAAA"})
    @DisplayName("a text that only resembles a data URL is read as text")
    void noDataUrl(String text) throws UnreadableImportException {
        assertThat(Content.of(text)).isEqualTo(new Content.Text(text));
        String long256 = "data:" + "x".repeat(252) + ";base64,AAAA";
        assertThat(Content.of(long256)).isEqualTo(new Content.Text(long256));
    }

    @Test
    @DisplayName("a data URL that is not Base64 is damaged, and several files are refused as such")
    void refused() {
        ImportReaderTest.assertUnreadable(Reason.DAMAGED, DATA + "*", Optional.empty());
        ImportReaderTest.assertUnreadable(Reason.UNKNOWN_FORMAT, DATA + "AAAA", Optional.empty());
        ImportReaderTest.assertUnreadable(
                Reason.SEVERAL_FILES, List.of(DATA + "AAAA", "otpauth://totp/a"), Optional.empty());
    }

    @Test
    @DisplayName("toString shows nothing of the content")
    void silent() throws UnreadableImportException {
        assertThat(Content.of("otpauth://totp/a?secret=JBSWY3DP")).hasToString("Text");
        assertThat(Content.of(new byte[1])).hasToString("Binary");
    }

    private static byte[] concatenated(byte[] a, byte[] b) {
        return HexFormat.of()
                .parseHex(HexFormat.of().formatHex(a) + HexFormat.of().formatHex(b));
    }
}
