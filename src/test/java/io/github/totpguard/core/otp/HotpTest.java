package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotpTest {

    private static final OtpSecret RFC_4226_SECRET = rfcSecret(20);

    @ParameterizedTest
    @CsvSource({
        "0, 755224",
        "1, 287082",
        "2, 359152",
        "3, 969429",
        "4, 338314",
        "5, 254676",
        "6, 287922",
        "7, 162583",
        "8, 399871",
        "9, 520489"
    })
    @DisplayName("H1 vectors of RFC 4226 appendix D")
    void rfc4226(long counter, String code) {
        assertThat(Hotp.code(RFC_4226_SECRET, OtpAlgorithm.SHA1, 6, counter)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    @DisplayName("H1 T1 vectors of RFC 6238 appendix B, and their last six and seven digits")
    void rfc6238(long epochSecond, String sha1, String sha256, String sha512) {
        assertVector(epochSecond, OtpAlgorithm.SHA1, sha1);
        assertVector(epochSecond, OtpAlgorithm.SHA256, sha256);
        assertVector(epochSecond, OtpAlgorithm.SHA512, sha512);
    }

    private static void assertVector(long epochSecond, OtpAlgorithm algorithm, String code) {
        OtpSecret secret = rfcSecret(algorithm.outputBytes());
        for (int digits = 6; digits <= 8; digits++) {
            long step = new OtpParameters.Totp(algorithm, digits, 30).stepAt(epochSecond);
            assertThat(Hotp.code(secret, algorithm, digits, step)).isEqualTo(code.substring(8 - digits));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "hi-IN-u-nu-deva", "th-TH-u-nu-thai", "ar", "fa"})
    @DisplayName("S28 the digits are ASCII in every locale")
    void locales(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertThat(Hotp.code(RFC_4226_SECRET, OtpAlgorithm.SHA1, 8, 37037036))
                    .isEqualTo("07081804");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Property(tries = 500, seed = "4226")
    @Label("H1 S29 agrees with the formula written out in big numbers, for any secret and all 64 bits of a counter")
    void formula(
            @ForAll @Size(min = 1, max = 200) byte[] key,
            @ForAll OtpAlgorithm algorithm,
            @ForAll @IntRange(min = 6, max = 8) int digits,
            @ForAll long counter)
            throws GeneralSecurityException {
        assertThat(Hotp.code(OtpSecret.ofBytes(key), algorithm, digits, counter))
                .isEqualTo(formulaOf(key, algorithm, digits, counter));
    }

    private static String formulaOf(byte[] key, OtpAlgorithm algorithm, int digits, long counter)
            throws GeneralSecurityException {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(counter));
        byte[] message = new byte[8];
        for (int i = 0; i < 8; i++) {
            message[i] = unsigned.shiftRight(8 * (7 - i)).byteValue();
        }
        Mac mac = Mac.getInstance(algorithm.macName());
        mac.init(new SecretKeySpec(key, "RAW"));
        byte[] hash = mac.doFinal(message);
        int offset = hash[hash.length - 1] & 15;
        BigInteger number =
                new BigInteger(1, new byte[] {hash[offset], hash[offset + 1], hash[offset + 2], hash[offset + 3]});
        String text = number.clearBit(31).mod(BigInteger.TEN.pow(digits)).toString();
        return "0".repeat(digits - text.length()) + text;
    }

    @Test
    @DisplayName("H1 one keyed HMAC gives for each of many counters what a new one gives")
    void reuse() {
        Hotp hotp = new Hotp(RFC_4226_SECRET, OtpAlgorithm.SHA1, 6);
        assertThat(hotp.numberAt(9)).isEqualTo(520489);
        assertThat(hotp.numberAt(0)).isEqualTo(755224);
        assertThat(hotp.numberAt(9)).isEqualTo(520489);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 5, 9, Integer.MAX_VALUE})
    @DisplayName("H1 S29 less than six and more than eight digits are refused")
    void otherDigits(int digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hotp.code(RFC_4226_SECRET, OtpAlgorithm.SHA1, digits, 0))
                .withMessage("digits must be 6 to 8, not " + digits);
    }

    private static OtpSecret rfcSecret(int bytes) {
        return OtpSecret.ofBytes("1234567890".repeat(7).substring(0, bytes).getBytes(StandardCharsets.US_ASCII));
    }
}
