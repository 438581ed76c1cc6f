package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import javax.crypto.Mac;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtpAlgorithmTest {

    @ParameterizedTest
    @EnumSource
    @Tag("T2")
    @DisplayName("outputBytes is the length of the platform's HMAC")
    void outputLength(OtpAlgorithm algorithm) throws NoSuchAlgorithmException {
        assertThat(algorithm.outputBytes())
                .isEqualTo(Mac.getInstance(algorithm.macName()).getMacLength());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("every algorithm is found by its name, also in a Turkish locale")
    void foundByMacName(OtpAlgorithm algorithm) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(OtpAlgorithm.ofMacName(algorithm.macName())).contains(algorithm);
            assertThat(OtpAlgorithm.ofMacName(algorithm.macName().toLowerCase(Locale.ROOT)))
                    .contains(algorithm);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA1", "HmacMD5", "HmacSHA1 ", "HmacSHA224"})
    @DisplayName("other names are refused")
    void otherNames(String name) {
        assertThat(OtpAlgorithm.ofMacName(name)).isEmpty();
    }

    @Test
    @Tag("K2")
    @DisplayName("the constants have the names of the key URI format")
    void names() {
        assertThat(OtpAlgorithm.values()).extracting(Enum::name).containsExactly("SHA1", "SHA256", "SHA512");
    }
}
