package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeCommandTest {

    /** RFC 6238 appendix B: "12345678901234567890". */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @Test
    @Tag("T1")
    @DisplayName("the code of a secret from standard input is printed alone on its line")
    void ofSecret() {
        Tool.Result result = new Tool().input(SECRET + "\n").run("code", "--digits", "8");
        assertThat(result).isEqualTo(new Tool.Result(0, "94287082" + System.lineSeparator(), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "20000000000, 65353130",
        "1970-01-01T00:00:59Z, 94287082",
        "1970-01-01T01:00:59+01:00, 94287082"
    })
    @Tag("T1")
    @DisplayName("the test vectors of RFC 6238 give their codes, with the time in both formats")
    void atTime(String time, String code) {
        assertThat(new Tool()
                        .at(0)
                        .input(SECRET)
                        .run("code", "--digits=8", "--time", time)
                        .out()
                        .strip())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "--algorithm=sha256, 32247374",
        "--algorithm=SHA512, 69342147",
        "--digits=10, 1094287082",
        "--digits=1, 2"
    })
    @Tag("K2")
    @DisplayName("algorithm and digits of a bare secret are read in any case")
    void parameters(String option, String code) {
        assertThat(new Tool()
                        .input(SECRET)
                        .run("code", option, "--digits=8", "--time=59")
                        .exitCode())
                .isIn(0, 2);
        String all = option.contains("digits") ? option : option + " --digits=8";
        assertThat(new Tool()
                        .input(SECRET)
                        .run(("code " + all).split(" "))
                        .out()
                        .strip())
                .isEqualTo(code);
    }

    @Test
    @DisplayName("the next code is printed on a second line")
    void next() {
        assertThat(new Tool().input(SECRET).run("code", "--next").out().lines()).containsExactly("287082", "359152");
    }

    @Test
    @DisplayName("JSON uses the names of the REST resource")
    void json() {
        assertThat(new Tool().input(SECRET).at(65).run("code", "--json").out().strip())
                .isEqualTo("{\"token\":\"359152\",\"timeRemaining\":25,\"nextToken\":\"969429\",\"type\":\"totp\","
                        + "\"digits\":6,\"period\":30,\"counter\":null,\"generatedAt\":65}");
    }

    @Test
    @Tag("K2")
    @DisplayName("a URI has its own parameters")
    void uri() {
        String uri = "otpauth://totp/Example:alice?secret=" + SECRET + "&issuer=Example&digits=8&period=60";
        assertThat(new Tool().input(uri).at(119).run("code").out().strip()).isEqualTo("94287082");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--digits=8", "--period=60", "--algorithm=SHA1", "--type=TOTP"})
    @DisplayName("options for values that the URI already has are refused, not ignored")
    void uriAndOptions(String option) {
        Tool.Result result =
                new Tool().input("otpauth://totp/alice?secret=" + SECRET).run("code", option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("The URI contains type");
    }

    @Test
    @Tag("H1")
    @DisplayName("counter-based codes use the counter of the URI or of the option")
    void hotp() {
        String uri = "otpauth://hotp/alice?secret=" + SECRET + "&counter=9";
        assertThat(new Tool().input(uri).run("code").out().strip()).isEqualTo("520489");
        assertThat(new Tool().input(uri).run("code", "--counter=0").out().strip())
                .isEqualTo("755224");
        assertThat(new Tool()
                        .input(SECRET)
                        .run("code", "--type=hotp", "--counter=1")
                        .out()
                        .strip())
                .isEqualTo("287082");
        assertThat(new Tool().input(uri).run("code", "--json").out())
                .contains("\"timeRemaining\":null", "\"counter\":9", "\"period\":null");
        assertThat(new Tool().input(SECRET).run("code", "--type=hotp").exitCode())
                .isEqualTo(2);
        assertThat(new Tool()
                        .input(SECRET)
                        .run("code", "--type=hotp", "--counter=-1")
                        .exitCode())
                .isEqualTo(2);
        assertThat(new Tool()
                        .input(SECRET)
                        .run("code", "--type=hotp", "--counter=1", "--period=30")
                        .exitCode())
                .isEqualTo(2);
        assertThat(new Tool().input(SECRET).run("code", "--counter=1").exitCode())
                .isEqualTo(2);
        assertThat(new Tool().input(uri).run("code", "--watch").exitCode()).isEqualTo(2);
    }

    @Test
    @DisplayName("Steam is recognised from the URI and from the option")
    void steam() {
        String secret = "JBSWY3DPEHPK3PXP";
        assertThat(new Tool()
                        .input("otpauth://steam/Steam:a?secret=" + secret)
                        .run("code")
                        .out()
                        .strip())
                .isEqualTo("2YXGV");
        assertThat(new Tool().input(secret).run("code", "--type=steam").out().strip())
                .isEqualTo("2YXGV");
        assertThat(new Tool()
                        .input(secret)
                        .run("code", "--type=steam", "--digits=5")
                        .exitCode())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--digits=0",
                "--digits=11",
                "--period=0",
                "--period=86401",
                "--digits=x",
                "--algorithm=MD5",
                "--type=x",
                "--time=-1",
                "--time=1969-12-31T23:59:59Z",
                "--time=yesterday",
                "--counter=x",
                "--bits=128",
                "--watch --time=59"
            })
    @Tag("S29")
    @DisplayName("values out of range are refused with the exit code for a wrong command line")
    void refused(String options) {
        Tool.Result result = new Tool().input(SECRET).run(("code " + options).split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("totp-guard: ").doesNotContain(SECRET);
    }

    @Test
    @DisplayName("--watch counts down every second, and shows the next code when its time has come")
    void watch() {
        Tool.Result result = new Tool().input(SECRET).at(57).interruptedAfter(3).run("code", "--watch");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .isEqualTo("\r\u001b[K287082  3 s\r\u001b[K287082  2 s\r\u001b[K287082  1 s\r\u001b[K359152  30 s"
                        + System.lineSeparator());
    }

    @Test
    @DisplayName("--watch --json prints one object for each code")
    void watchJson() {
        Tool.Result result = new Tool().input(SECRET).at(57).interruptedAfter(2).run("code", "--watch", "--json");
        assertThat(result.out().lines())
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"287082\",\"timeRemaining\":3,"),
                        second -> assertThat(second).contains("\"359152\",\"timeRemaining\":30,"),
                        third -> assertThat(third).contains("\"969429\",\"timeRemaining\":30,"));
    }
}
