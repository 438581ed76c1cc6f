package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyCommandTest {

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @CsvSource({
        "287082, 59, 1, 0, 'right, offset 0 (0 s)'",
        "287 082, 59, 0, 0, 'right, offset 0 (0 s)'",
        "287-082, 89, 1, 0, 'right, offset -1 (-30 s)'",
        "287082, 0, 1, 0, 'right, offset +1 (+30 s)'",
        "287082, 90, 1, 1, wrong",
        "287082, 60, 0, 1, wrong",
        "287082, 3000, 100, 0, 'right, offset -99 (-2970 s)'",
        "287081, 59, 1, 1, wrong",
        "28708, 59, 1, 1, wrong",
        "0287082, 59, 1, 1, wrong",
        "x, 59, 1, 1, wrong"
    })
    @Tag("S14")
    @Tag("T5")
    @DisplayName("a code in the window is right, with its offset and an exit code for scripts")
    void window(String code, long time, String window, int exitCode, String words) {
        Tool.Result result = new Tool().input(SECRET).at(time).run("verify", "--window", window, code);
        assertThat(result).isEqualTo(new Tool.Result(exitCode, words + System.lineSeparator(), ""));
    }

    @Property(tries = 100, seed = "14")
    @net.jqwik.api.Tag("S14")
    @Label("the offset is the distance from the current step, and a code beyond the window has no offset")
    void offset(
            @ForAll @LongRange(min = 0, max = 1L << 33) long now,
            @ForAll @IntRange(min = -12, max = 12) int distance,
            @ForAll @IntRange(min = 0, max = 10) int window) {
        OtpParameters.Totp parameters = OtpParameters.Totp.DEFAULT;
        long step = parameters.stepAt(now);
        String code = CodeGenerator.code(
                OtpSecret.ofBase32(SECRET), new OtpParameters.Hotp(parameters.algorithm(), 9), step + distance);

        Tool.Result result = new Tool()
                .input(SECRET)
                .run("verify", code, "--digits=9", "--json", "--window=" + window, "--time=" + now);

        boolean within = Math.abs(distance) <= window && step + distance >= 0;
        assertThat(result.exitCode()).isEqualTo(within ? 0 : 1);
        assertThat(result.out().strip())
                .isEqualTo(
                        within
                                ? "{\"valid\":true,\"offset\":" + distance + ",\"offsetSeconds\":" + distance * 30 + "}"
                                : "{\"valid\":false,\"offset\":null,\"offsetSeconds\":null}");
    }

    @Test
    @Tag("H4")
    @DisplayName("counter-based codes are found ahead of the counter, never behind it")
    void hotp() {
        String uri = "otpauth://hotp/a?secret=" + SECRET + "&counter=3";
        assertThat(new Tool().input(uri).run("verify", "969429").out()).startsWith("right, offset 0 (counter 3)");
        assertThat(new Tool().input(uri).run("verify", "254676", "--window=2").out())
                .startsWith("right, offset +2 (counter 5)");
        assertThat(new Tool()
                        .input(uri)
                        .run("verify", "254676", "--window=2", "--json")
                        .out()
                        .strip())
                .isEqualTo("{\"valid\":true,\"offset\":2,\"counter\":5}");
        assertThat(new Tool().input(uri).run("verify", "359152", "--window=9").exitCode())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("Steam codes are verified, also in lower case")
    void steam() {
        assertThat(new Tool()
                        .input("JBSWY3DPEHPK3PXP")
                        .run("verify", "--type=steam", "2yxgv")
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"-1", "10001", "x"})
    @Tag("S29")
    @DisplayName("a window out of range is refused")
    void otherWindows(String window) {
        Tool.Result result = new Tool().input(SECRET).run("verify", "287082", "--window=" + window);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }
}
