package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpSecret;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretCommandTest {

    @ParameterizedTest
    @CsvSource({"'', 160", "--algorithm=sha256, 256", "--algorithm=SHA512, 512", "--bits=128, 128", "--bits=1024, 1024"
    })
    @Tag("H2")
    @Tag("T2")
    @DisplayName("a secret is as long as its HMAC's output, or as long as requested")
    void length(String option, int bits) {
        Tool.Result result = option.isEmpty() ? new Tool().run("secret") : new Tool().run("secret", option);
        assertThat(OtpSecret.ofBase32(result.out()).bits()).isEqualTo(bits);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @Tag("S27")
    @Tag("T2")
    @DisplayName("every secret is new")
    void random() {
        assertThat(new Tool().run("secret").out())
                .isNotEqualTo(new Tool().run("secret").out());
    }

    @Test
    @DisplayName("JSON contains secret and bits")
    void json() {
        assertThat(new Tool().run("secret", "--json").out().strip())
                .matches("\\{\"secret\":\"[A-Z2-7]{32}\",\"bits\":160}");
    }

    @ParameterizedTest
    @CsvSource({"0", "120", "129", "1032", "x"})
    @Tag("H2")
    @DisplayName("fewer than 128 bits are refused")
    void refused(String bits) {
        assertThat(new Tool().run("secret", "--bits=" + bits).exitCode()).isEqualTo(2);
    }
}
