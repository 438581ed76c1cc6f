package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyOptionsTest {

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                " gezd gnbv gy3t qojq gezd gnbv gy3t qojq \r\n",
                "\ufeffGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ====",
                "\n\nGEZDGNBV-GY3TQOJQ-GEZDGNBV-GY3TQOJQ",
                "OTPAUTH://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n"
            })
    @Tag("K2")
    @DisplayName("a key is read as people and editors write it")
    void tolerated(String input) {
        assertThat(new Tool().input(input).run("code").out().strip()).isEqualTo("287082");
    }

    @Test
    @DisplayName("at a terminal the key is asked for, and standard input is not read")
    void prompt() {
        Tool.Result result = new Tool()
                .prompt(question -> {
                    assertThat(question).isEqualTo("Secret or otpauth URI: ");
                    return SECRET.toCharArray();
                })
                .input("MFRGG")
                .run("code");
        assertThat(result.out().strip()).isEqualTo("287082");
        assertThat(new Tool().prompt(question -> null).run("code").exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1",
                "otpauth://totp/a",
                "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ1",
                "otpauth://yandex/a?secret=GEZDGNBVGY3TQOJQ",
                "otpauth-migration://offline?data=GEZDGNBV"
            })
    @Tag("A14")
    @DisplayName("the message for a key that cannot be read does not contain the key")
    void unreadable(String input) {
        Tool.Result result = new Tool().input(input).run("code");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("totp-guard: ")
                .doesNotContain("GEZD", "\tat ")
                .hasLineCount(1);
    }

    @Test
    @Tag("S43")
    @DisplayName("input without an end is read only up to the limit")
    void tooLong() {
        Tool.Result result = new Tool().input("A".repeat(100_000)).run("code");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("longer than 16384 bytes");
    }

    @Test
    @Tag("A14")
    @DisplayName("a secret in the place of an argument is not repeated in the message")
    void notRepeated() {
        for (String[] arguments : new String[][] {
            {"code", SECRET},
            {"code", "--secret=" + SECRET},
            {"verify", "123456", SECRET},
            {"secret", SECRET},
            {SECRET},
            {"otpauth://totp/a?secret=" + SECRET}
        }) {
            Tool.Result result = new Tool().input(SECRET).run(arguments);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out() + result.err()).doesNotContain("GEZD");
        }
        assertThat(new Tool().run("code", "--digts=6").err()).contains("Did you mean --digits?");
    }

    @Test
    @DisplayName("the only option that takes the key as an argument warns of this with its name")
    void insecureArgument() {
        assertThat(new Tool()
                        .run("code", "--insecure-secret-argument", SECRET)
                        .out()
                        .strip())
                .isEqualTo("287082");
        assertThat(new Tool()
                        .run("code", "--insecure-secret-argument", SECRET, "--image=x.png")
                        .exitCode())
                .isEqualTo(2);
    }
}
