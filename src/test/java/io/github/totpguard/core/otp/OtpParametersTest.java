package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
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
import org.junit.jupiter.params.provider.ValueSource;

class OtpParametersTest {

    @Test
    @Tag("K2")
    @Tag("K3")
    @DisplayName("the default is SHA1, 6 digits, 30 seconds")
    void defaults() {
        assertThat(OtpParameters.Totp.DEFAULT).isEqualTo(new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, 30));
    }

    @Test
    @Tag("S46")
    @DisplayName("the highest counter is the largest integer that JSON readers keep exactly")
    void endOfCounters() {
        assertThat(OtpParameters.Hotp.isAtEnd(0)).isFalse();
        assertThat(OtpParameters.Hotp.isAtEnd(9_007_199_254_740_990L)).isFalse();
        assertThat(OtpParameters.Hotp.isAtEnd(9_007_199_254_740_991L)).isTrue();
        assertThat(OtpParameters.Hotp.isAtEnd(Long.MAX_VALUE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 6, 7, 8, 9, 10})
    @Tag("H1")
    @DisplayName("one to ten digits are accepted")
    void digits(int digits) {
        assertThat(new OtpParameters.Totp(OtpAlgorithm.SHA1, digits, 30).digits())
                .isEqualTo(digits);
        assertThat(new OtpParameters.Hotp(OtpAlgorithm.SHA1, digits).digits()).isEqualTo(digits);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -6, -1, 0, 11, Integer.MAX_VALUE})
    @Tag("H1")
    @Tag("S29")
    @DisplayName("other numbers of digits are refused, and the message gives the range")
    void otherDigits(int digits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OtpParameters.Totp(OtpAlgorithm.SHA1, digits, 30))
                .withMessage("digits must be 1 to 10, not " + digits);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OtpParameters.Hotp(OtpAlgorithm.SHA1, digits))
                .withMessage("digits must be 1 to 10, not " + digits);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -30, -1, 0, 86_401, Integer.MAX_VALUE})
    @Tag("S29")
    @DisplayName("a period of 0, a negative one and a huge one are refused, and the message gives the range")
    void otherPeriods(int period) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, period))
                .withMessage("periodSeconds must be 1 to 86400, not " + period);
    }

    @Property(tries = 1000, seed = "5")
    @net.jqwik.api.Tag("H1")
    @Label("fit for login: exactly 6 to 8 digits and, by time, 1 to 300 seconds")
    void fitForLogin(
            @ForAll OtpAlgorithm algorithm,
            @ForAll @IntRange(min = 1, max = 10) int digits,
            @ForAll @IntRange(min = 1, max = 86_400) int period) {
        boolean fit = digits >= 6 && digits <= 8;
        assertFitness(new OtpParameters.Hotp(algorithm, digits), fit);
        assertFitness(new OtpParameters.Totp(algorithm, digits, period), fit && period <= 300);
        assertFitness(new OtpParameters.Totp(algorithm, digits, 300), fit);
        assertFitness(new OtpParameters.Totp(algorithm, digits, 301), false);
    }

    @Test
    @DisplayName("Steam codes have SHA1, 5 characters and 30 seconds, and are never fit for login")
    void steam() {
        OtpParameters.Steam steam = new OtpParameters.Steam();
        assertThat(steam.algorithm()).isEqualTo(OtpAlgorithm.SHA1);
        assertThat(steam.digits()).isEqualTo(5);
        assertThat(steam.periodSeconds()).isEqualTo(30);
        assertThat(steam.stepAt(59)).isEqualTo(1);
        assertFitness(steam, false);
    }

    private static void assertFitness(OtpParameters parameters, boolean fit) {
        assertThat(parameters.fitForLogin()).as("%s", parameters).isEqualTo(fit);
        if (fit) {
            parameters.requireFitForLogin();
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(parameters::requireFitForLogin)
                    .withMessageStartingWith("A login takes codes of 6 to 8 digits");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 30, 0",
        "29, 30, 0",
        "30, 30, 1",
        "59, 30, 1",
        "1111111109, 30, 37037036",
        "20000000000, 30, 666666666",
        "2147483647, 30, 71582788",
        "2147483648, 30, 71582788",
        "8589934592, 1, 8589934592",
        "8589934592, 300, 28633115",
        "9223372036854775807, 1, 9223372036854775807",
        "9223372036854775807, 300, 30744573456182586",
        "86399, 86400, 0",
        "86400, 86400, 1",
        "9223372036854775807, 86400, 106751991167300"
    })
    @Tag("T1")
    @Tag("S29")
    @DisplayName("the step is the time divided by the period, also after 2038 and up to the last 64-bit second")
    void steps(long epochSecond, int period, long step) {
        assertThat(totp(period).stepAt(epochSecond)).isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -30, Long.MIN_VALUE})
    @Tag("S29")
    @DisplayName("a time before 1970 and a step before the first are refused")
    void negative(long value) {
        assertThatIllegalArgumentException().isThrownBy(() -> OtpParameters.Totp.DEFAULT.stepAt(value));
        assertThatIllegalArgumentException().isThrownBy(() -> OtpParameters.Totp.DEFAULT.startOf(value));
    }

    @Property(tries = 300, seed = "6238")
    @net.jqwik.api.Tag("T1")
    @net.jqwik.api.Tag("S29")
    @Label("a step starts at or before each of its seconds and ends after it, for every period")
    void startOfStep(
            @ForAll @IntRange(min = 1, max = 86_400) int period,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long epochSecond) {
        OtpParameters.Totp parameters = totp(period);

        BigInteger start = BigInteger.valueOf(parameters.startOf(parameters.stepAt(epochSecond)));

        BigInteger seconds = BigInteger.valueOf(epochSecond).subtract(start);
        assertThat(seconds).isBetween(BigInteger.ZERO, BigInteger.valueOf(period - 1L));
        assertThat(start.mod(BigInteger.valueOf(period))).isZero();
    }

    @Property(tries = 300, seed = "6238")
    @net.jqwik.api.Tag("S29")
    @Label("a step that starts after the last 64-bit second is refused, for every period")
    void startOverflow(@ForAll @IntRange(min = 2, max = 86_400) int period) {
        long last = Long.MAX_VALUE / period;
        assertThat(totp(period).startOf(last)).isPositive();
        assertThatIllegalArgumentException().isThrownBy(() -> totp(period).startOf(last + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> totp(period).startOf(Long.MAX_VALUE));
    }

    private static OtpParameters.Totp totp(int period) {
        return new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, period);
    }
}
