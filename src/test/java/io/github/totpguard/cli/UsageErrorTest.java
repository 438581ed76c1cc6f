package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A wrong command line")
class UsageErrorTest {

    @ParameterizedTest
    @CsvSource({
        "imprt, import",
        "Import, import",
        "cdoe, code",
        "verfy, verify",
        "sercet, secret",
        "codes, code",
        "uro, uri"
    })
    @Tag("S59")
    @DisplayName("an unknown command is named, with the command that was probably meant")
    void typingErrors(String entered, String meant) {
        assertThat(error(entered)).contains("There is no command '" + entered + "'. Did you mean '" + meant + "'?");
    }

    @Test
    @Tag("S59")
    @DisplayName("if no command is similar, all commands are listed")
    void nothingNear() {
        assertThat(error("foo"))
                .contains(
                        "There is no such command. The nearest is ",
                        "The commands are: secret, uri, qr, code, verify, import,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JBSWY3DPEHPK3PXP",
                "jbswydpehpkpxp",
                "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP",
                "--JBSWY3DPEHPK3PXP",
                "--jbswydpehpkpxp",
                "-JBSWYDPEHPKPXP",
                "--secrt=JBSWY3DPEHPK3PXP",
                "code1234"
            })
    @DisplayName(
            "a word that may be a secret is not repeated, whether it stands for a command, an option or an argument")
    void secrets(String secret) {
        for (String[] arguments : new String[][] {{secret}, {"code", secret}, {"code", "--digits=6", secret + "=x"}}) {
            Tool.Result result = new Tool().run(arguments);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.out() + result.err())
                    .doesNotContainIgnoringCase("jbswy")
                    .doesNotContain("code1234");
        }
    }

    @Test
    @DisplayName("an unknown option is named, with the option that was probably meant")
    void options() {
        assertThat(error("code", "--digts=6")).contains("There is no option --digts. Did you mean --digits?");
        assertThat(error("code", "--frobnicate")).contains("There is no such option. The nearest is --");
        assertThat(error("verify", "123456", "--windw", "2", "--jsn"))
                .contains("Did you mean --window?")
                .contains("Did you mean --json?");
    }

    private static String error(String... arguments) {
        Tool.Result result = new Tool().run(arguments);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--help'.");
        return result.err();
    }
}
