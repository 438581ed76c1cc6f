package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeGeneratorTest {

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
    @Tag("H1")
    @DisplayName("the test vectors of RFC 4226 appendix D give their codes")
    void rfc4226(long counter, String code) {
        assertThat(CodeGenerator.code(RFC_4226_SECRET, new OtpParameters.Hotp(OtpAlgorithm.SHA1, 6), counter))
                .isEqualTo(code);
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
    @Tag("H1")
    @Tag("T1")
    @DisplayName("the test vectors of RFC 6238 appendix B give their codes, also shortened to one to seven digits")
    void rfc6238(long epochSecond, String sha1, String sha256, String sha512) {
        assertVector(epochSecond, OtpAlgorithm.SHA1, sha1);
        assertVector(epochSecond, OtpAlgorithm.SHA256, sha256);
        assertVector(epochSecond, OtpAlgorithm.SHA512, sha512);
    }

    private static void assertVector(long epochSecond, OtpAlgorithm algorithm, String code) {
        OtpSecret secret = rfcSecret(algorithm.outputBytes());
        for (int digits = 1; digits <= 8; digits++) {
            OtpParameters.Totp parameters = new OtpParameters.Totp(algorithm, digits, 30);
            assertThat(CodeGenerator.code(secret, parameters, parameters.stepAt(epochSecond)))
                    .isEqualTo(code.substring(8 - digits));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "hi-IN-u-nu-deva", "th-TH-u-nu-thai", "ar", "fa"})
    @Tag("S28")
    @DisplayName("the digits are ASCII in every locale")
    void locales(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertThat(CodeGenerator.code(RFC_4226_SECRET, new OtpParameters.Hotp(OtpAlgorithm.SHA1, 8), 37037036))
                    .isEqualTo("07081804");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Property(tries = 500, seed = "4226")
    @net.jqwik.api.Tag("H1")
    @net.jqwik.api.Tag("S29")
    @Label("agrees with the formula written out in big numbers, for any secret and all 64 bits of a counter")
    void formula(
            @ForAll @Size(min = 1, max = 200) byte[] key,
            @ForAll OtpAlgorithm algorithm,
            @ForAll @IntRange(min = 1, max = 10) int digits,
            @ForAll long counter)
            throws GeneralSecurityException {
        assertThat(CodeGenerator.code(OtpSecret.ofBytes(key), new OtpParameters.Hotp(algorithm, digits), counter))
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

    @ParameterizedTest
    @CsvSource({
        "0, 1284755224",
        "1, 1094287082",
        "2, 0137359152",
        "3, 1726969429",
        "4, 1640338314",
        "5, 0868254676",
        "6, 1918287922",
        "7, 0082162583",
        "8, 0673399871",
        "9, 0645520489"
    })
    @Tag("H1")
    @Tag("S29")
    @DisplayName("a code of ten digits has all 31 bits: the decimal values of RFC 4226 appendix D, with leading zeros")
    void tenDigits(long counter, String code) {
        assertThat(CodeGenerator.code(RFC_4226_SECRET, new OtpParameters.Hotp(OtpAlgorithm.SHA1, 10), counter))
                .isEqualTo(code);
        assertThat(CodeGenerator.code(RFC_4226_SECRET, new OtpParameters.Hotp(OtpAlgorithm.SHA1, 9), counter))
                .isEqualTo(code.substring(1));
    }

    @ParameterizedTest
    @CsvSource({"59, 2YXGV", "1111111109, CWDGV", "1234567890, K8G5W", "2000000000, HNCVQ"})
    @DisplayName("Steam codes are those of other authenticators")
    void steam(long epochSecond, String code) {
        OtpParameters.Steam steam = new OtpParameters.Steam();
        OtpSecret secret = OtpSecret.ofBase32("JBSWY3DPEHPK3PXP");
        assertThat(CodeGenerator.code(secret, steam, steam.stepAt(epochSecond))).isEqualTo(code);
    }

    @Property(tries = 300, seed = "26")
    @Label("Steam's five characters, read as base 26 from the last to the first, are the 31 bits without the highest")
    void steamFormula(@ForAll @Size(min = 1, max = 40) byte[] key, @ForAll long step) throws GeneralSecurityException {
        String code = CodeGenerator.code(OtpSecret.ofBytes(key), new OtpParameters.Steam(), step);

        assertThat(code).matches("[2-9BCDFGHJKMNPQRTVWXY]{5}");
        long number = 0;
        for (int i = 4; i >= 0; i--) {
            number = number * 26 + "23456789BCDFGHJKMNPQRTVWXY".indexOf(code.charAt(i));
        }
        long all = Long.parseLong(formulaOf(key, OtpAlgorithm.SHA1, 10, step));
        assertThat(number).isEqualTo(all % (26L * 26 * 26 * 26 * 26));
    }

    private static OtpSecret rfcSecret(int bytes) {
        return OtpSecret.ofBytes("1234567890".repeat(7).substring(0, bytes).getBytes(StandardCharsets.US_ASCII));
    }
}
