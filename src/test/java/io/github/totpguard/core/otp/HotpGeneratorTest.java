package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotpGeneratorTest {

    private static final OtpSecret RFC_4226_SECRET =
            OtpSecret.ofBytes("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    @Test
    @Tag("H1")
    @DisplayName("one generator returns the same numbers for many counters as a new one for each counter")
    void reuse() {
        HotpGenerator hotp = new HotpGenerator(RFC_4226_SECRET, OtpAlgorithm.SHA1, 6);
        assertThat(hotp.numberAt(9)).isEqualTo(520489);
        assertThat(hotp.numberAt(0)).isEqualTo(755224);
        assertThat(hotp.numberAt(9)).isEqualTo(520489);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 11, Integer.MAX_VALUE})
    @Tag("H1")
    @Tag("S29")
    @DisplayName("fewer than one and more than ten digits are refused")
    void otherDigits(int digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HotpGenerator(RFC_4226_SECRET, OtpAlgorithm.SHA1, digits))
                .withMessage("digits must be 1 to 10, not " + digits);
    }

    @Test
    @Tag("H1")
    @Tag("S29")
    @DisplayName("a number of ten digits is the truncated number itself, without overflow")
    void tenDigits() {
        HotpGenerator hotp = new HotpGenerator(RFC_4226_SECRET, OtpAlgorithm.SHA1, 10);
        assertThat(hotp.numberAt(0)).isEqualTo(1284755224);
        assertThat(hotp.truncatedAt(6)).isEqualTo(1918287922);
        assertThat(hotp.numberAt(6)).isEqualTo(1918287922);
    }
}
