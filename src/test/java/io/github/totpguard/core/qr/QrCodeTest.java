package io.github.totpguard.core.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QrCodeTest {

    @Property(tries = 60, seed = "18004")
    @net.jqwik.api.Tag("S31")
    @Label("what was put in is read out, for URIs of random names in several scripts")
    void readsBack(@ForAll("uris") String text) {
        Result result = read(text);

        assertThat(result.getText()).isEqualTo(text);
        assertThat(result.getResultMetadata()).containsEntry(ResultMetadataType.ERROR_CORRECTION_LEVEL, "M");
    }

    @Provide
    Arbitrary<String> uris() {
        return OtpAuthTexts.any();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0123456789",
                "OTPAUTH",
                "\u007f",
                "\u0080",
                "Z\u00fcrich",
                "\u05e9\u05dc\u05d5\u05dd",
                "\u6771\u4eac",
                "\ud83d\ude00"
            })
    @Tag("S31")
    @DisplayName("non-ASCII texts are read back as UTF-8")
    void otherTexts(String text) {
        assertThat(read(text).getText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"14, 21", "15, 25", "2331, 177"})
    @DisplayName("the smallest possible code is used, up to 2331 bytes, without a mark for UTF-8")
    void sizes(int length, int size) {
        assertThat(QrCode.of("a".repeat(length)).size()).isEqualTo(size);
    }

    @Test
    @Timeout(5)
    @Tag("S31")
    @Tag("S29")
    @DisplayName("a text that is too long, empty or malformed is refused at once, and the message does not quote it")
    void refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QrCode.of("a".repeat(2332)))
                .withMessage("The text is too long for a QR code: 2332 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> QrCode.of("\u4e2d".repeat(800)));
        assertThatIllegalArgumentException().isThrownBy(() -> QrCode.of("1".repeat(10_000_000)));
        assertThatIllegalArgumentException().isThrownBy(() -> QrCode.of(""));
        assertThatIllegalArgumentException().isThrownBy(() -> QrCode.of("a\ud83d"));
    }

    @Test
    @DisplayName("the finder patterns have the positions of ISO/IEC 18004")
    void finderPatterns() {
        QrCode code = QrCode.of("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP");
        int last = code.size() - 1;
        for (int i = 0; i < 7; i++) {
            assertThat(code.isDark(i, 0)).isTrue();
            assertThat(code.isDark(0, i)).isTrue();
            assertThat(code.isDark(last - i, 0)).isTrue();
            assertThat(code.isDark(i, last)).isTrue();
        }
        assertThat(code.isDark(7, 0)).isFalse();
        assertThat(code.isDark(0, last - 7)).isFalse();
        assertThat(code.isDark(8, code.size() - 8))
                .as("the dark module, column 8 beside the lower pattern")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "21, 0", "0, 21", "-2147483648, 2147483647"})
    @DisplayName("modules outside the code do not exist")
    void outside(int x, int y) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> QrCode.of("a").isDark(x, y));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 41, Integer.MAX_VALUE})
    @Tag("S29")
    @DisplayName("the size of a PNG is limited")
    void pngBounds(int pixelsPerModule) {
        QrCode code = QrCode.of("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> code.toPng(pixelsPerModule))
                .withMessage("pixelsPerModule must be 1 to 40, not " + pixelsPerModule);
    }

    @Test
    @Tag("H5")
    @DisplayName("toString shows the size and nothing of the text")
    void silent() {
        assertThat(QrCode.of("a")).hasToString("QrCode[21 modules]");
    }

    private static Result read(String text) {
        QrCode code = QrCode.of(text);
        return QrReading.read(QrReading.pictureOf(code), QrReading.sideOf(code));
    }
}
