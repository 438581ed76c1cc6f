package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtpSecretTest {

    private static final String TEXT = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @EnumSource
    @Tag("H2")
    @Tag("T2")
    @DisplayName("a new secret is as long as the HMAC's output")
    void length(OtpAlgorithm algorithm) {
        OtpSecret secret = OtpSecret.generate(algorithm, new SecureRandom());

        assertThat(secret.toBytes()).hasSize(algorithm.outputBytes());
        assertThat(secret.bits()).isEqualTo(algorithm.outputBytes() * 8).isGreaterThanOrEqualTo(160);
    }

    @Test
    @Tag("H5")
    @Tag("S27")
    @DisplayName("10^5 new secrets have 160 bits, are all different, and set no bit more often than chance allows")
    void unbiased() {
        int secrets = 100_000;
        int[] ones = new int[160];
        Set<OtpSecret> distinct = new HashSet<>();
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < secrets; i++) {
            OtpSecret secret = OtpSecret.generate(OtpAlgorithm.SHA1, random);
            byte[] bytes = secret.toBytes();
            assertThat(bytes.length).isEqualTo(20);
            for (int bit = 0; bit < ones.length; bit++) {
                ones[bit] += bytes[bit / 8] >> (bit % 8) & 1;
            }
            distinct.add(secret);
        }

        assertThat(distinct).hasSize(secrets);
        // Six standard deviations: a good generator fails about one run in three million.
        int bound = (int) (6 * Math.sqrt(secrets) / 2);
        for (int count : ones) {
            assertThat(count).isCloseTo(secrets / 2, within(bound));
        }
    }

    @Test
    @Tag("H5")
    @Tag("S27")
    @DisplayName("every byte of a new secret comes from the random generator")
    void allBytesFromGenerator() {
        SecureRandom ones = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 0xff);
            }
        };

        assertThat(OtpSecret.generate(OtpAlgorithm.SHA256, ones).toBytes())
                .containsOnly(0xff)
                .hasSize(32);
    }

    @Test
    @DisplayName("bytes are copied on input and on output")
    void copies() {
        byte[] bytes = {1, 2, 3};
        OtpSecret secret = OtpSecret.ofBytes(bytes);
        bytes[0] = 9;
        secret.toBytes()[1] = 9;

        assertThat(secret.toBytes()).containsExactly(1, 2, 3);
    }

    @Test
    @Tag("K2")
    @DisplayName("a secret is written as Base32 without padding and read back")
    void base32() {
        assertThat(OtpSecret.ofBase32(TEXT).toBytes()).asString().isEqualTo("12345678901234567890");
        assertThat(OtpSecret.ofBytes("12345678901234567890".getBytes(StandardCharsets.US_ASCII))
                        .toBase32())
                .isEqualTo(TEXT);
        assertThat(OtpSecret.ofBase32("gezd gnbv gy3t qojq gezd gnbv gy3t qojq"))
                .isEqualTo(OtpSecret.ofBase32(TEXT));
        assertThat(OtpSecret.ofBytes(new byte[] {'f'}).toBase32()).isEqualTo("MY");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 20, 1024})
    @DisplayName("secrets of 1 to 1024 bytes are accepted")
    void sizes(int size) {
        OtpSecret secret = OtpSecret.ofBytes(new byte[size]);

        assertThat(secret.bits()).isEqualTo(size * 8);
        assertThat(OtpSecret.ofBase32(secret.toBase32())).isEqualTo(secret);
        assertThat(secret.mac(OtpAlgorithm.SHA512).getMacLength()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025, 100_000})
    @DisplayName("secrets of 0 and of more than 1024 bytes are refused")
    void otherSizes(int size) {
        assertThatIllegalArgumentException().isThrownBy(() -> OtpSecret.ofBytes(new byte[size]));
        String text = Base32.encode(new byte[size]);
        assertThatIllegalArgumentException().isThrownBy(() -> OtpSecret.ofBase32(text));
    }

    @Test
    @Tag("S29")
    @DisplayName("the longest secret is read with a separator beside each letter, and longer texts are refused")
    void longestText() {
        String longest = Base32.encode(new byte[1024]).replaceAll(".", "$0 ");

        assertThat(OtpSecret.ofBase32(longest).bits()).isEqualTo(8192);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtpSecret.ofBase32(longest + " "))
                .withMessage("A secret has up to 3278 characters, this one has 3279");
    }

    @Test
    @Tag("S15")
    @DisplayName("secrets are equal if their bytes are equal")
    void equality() {
        OtpSecret secret = OtpSecret.ofBytes(new byte[] {1, 2});

        assertThat(secret)
                .isEqualTo(OtpSecret.ofBytes(new byte[] {1, 2}))
                .hasSameHashCodeAs(OtpSecret.ofBytes(new byte[] {1, 2}))
                .isNotEqualTo(OtpSecret.ofBytes(new byte[] {1, 3}))
                .isNotEqualTo(OtpSecret.ofBytes(new byte[] {1, 2, 0}))
                .isNotEqualTo("AEBA");
    }

    @Test
    @Tag("H5")
    @DisplayName("only the Base32 text contains the secret")
    void silent() {
        assertThat(OtpSecret.ofBase32(TEXT)).hasToString("OtpSecret[160 bits]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtpSecret.ofBase32(TEXT + "!"))
                .withMessage("Not Base32: unexpected character at position 32")
                .withNoCause();
    }
}
