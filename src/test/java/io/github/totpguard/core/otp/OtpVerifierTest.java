package io.github.totpguard.core.otp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
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

class OtpVerifierTest {

    private static final OtpSecret SECRET = OtpSecret.ofBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    private static final OtpParameters.Totp TOTP = OtpParameters.Totp.DEFAULT;

    @Property(tries = 500, seed = "14")
    @net.jqwik.api.Tag("S14")
    @net.jqwik.api.Tag("T5")
    @net.jqwik.api.Tag("A4")
    @Label("the accepted set is exactly [t-w, t+w], for every w from 0 to 10")
    void acceptedSet(
            @ForAll OtpAlgorithm algorithm,
            @ForAll @IntRange(min = 6, max = 8) int digits,
            @ForAll @IntRange(min = 1, max = 300) int period,
            @ForAll @LongRange(min = 0, max = 1L << 34) long epochSecond,
            @ForAll @IntRange(min = 0, max = 10) int window) {
        OtpParameters.Totp parameters = new OtpParameters.Totp(algorithm, digits, period);
        long now = parameters.stepAt(epochSecond);
        for (long step = Math.max(0, now - window - 3); step <= now + window + 3; step++) {
            OneTimeCode code = codeOf(parameters, step);

            assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, code, epochSecond, window))
                    .as("code of step %d at step %d, window %d", step, now, window)
                    .isEqualTo(slowly(parameters, code, now - window, now + window));
        }
    }

    /** The definition, as simple as possible. It includes steps that have the same code by chance. */
    private static OptionalLong slowly(OtpParameters parameters, OneTimeCode code, long first, long last) {
        return LongStream.rangeClosed(Math.max(0, first), last)
                .filter(step -> code.matches(Integer.parseInt(textOf(parameters, step)), parameters.digits()) == 1)
                .max();
    }

    @Property(tries = 300, seed = "14")
    @net.jqwik.api.Tag("S14")
    @Label("to the second: a code is accepted from w steps before its own to w steps after it, for every period")
    void toTheSecond(
            @ForAll @IntRange(min = 1, max = 300) int period,
            @ForAll @IntRange(min = 0, max = 10) int window,
            @ForAll @LongRange(min = 11, max = 1L << 31) long step) {
        // Eight digits and SHA-256, so that no two steps of this test have the same code.
        OtpParameters.Totp parameters = new OtpParameters.Totp(OtpAlgorithm.SHA256, 8, period);
        OneTimeCode code = codeOf(parameters, step);
        long first = parameters.startOf(step - window);
        long last = parameters.startOf(step + window + 1) - 1;

        assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, code, first - 1, window))
                .isEmpty();
        assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, code, first, window))
                .hasValue(step);
        assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, code, last, window))
                .hasValue(step);
        assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, code, last + 1, window))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 30",
        "1, 30",
        "29, 30",
        "30, 30",
        "89, 30",
        "2147483647, 30",
        "2147483648, 30",
        "4294967296, 30",
        "8589934592, 30",
        "8589934592, 1",
        "9223372036854775807, 30",
        "9223372036854775807, 300",
        "9223372036854775807, 2",
        "9223372036854775807, 1",
        "9223372036854775800, 1"
    })
    @Tag("S29")
    @Tag("T1")
    @DisplayName("steps match at time 0, after 2038, and up to the last 64-bit second")
    void extremeTimes(long epochSecond, int period) {
        OtpParameters.Totp parameters = new OtpParameters.Totp(OtpAlgorithm.SHA1, 8, period);
        long now = parameters.stepAt(epochSecond);
        for (int window = 0; window <= 10; window++) {
            assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, codeOf(parameters, now), epochSecond, window))
                    .hasValue(now);
            long first = Math.max(0, now - window);
            assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, codeOf(parameters, first), epochSecond, window))
                    .hasValue(first);
            long last = Math.min(Long.MAX_VALUE - now, window) + now;
            assertThat(OtpVerifier.matchingTotpStep(SECRET, parameters, codeOf(parameters, last), epochSecond, window))
                    .hasValue(last);
        }
    }

    @Test
    @Tag("S29")
    @DisplayName("a step before the first one matches nothing, although its number has a code")
    void negativeSteps() {
        for (long step = -20; step < 0; step++) {
            assertThat(OtpVerifier.matchingStep(SECRET, TOTP, codeOf(TOTP, step), -20, 20))
                    .isEmpty();
            assertThat(OtpVerifier.matchingStep(SECRET, TOTP, codeOf(TOTP, step), step, step))
                    .isEmpty();
        }
        assertThat(OtpVerifier.matchingStep(SECRET, TOTP, codeOf(TOTP, 0), -20, 20))
                .hasValue(0);
        assertThat(OtpVerifier.matchingStep(SECRET, TOTP, codeOf(TOTP, Long.MIN_VALUE), Long.MIN_VALUE, Long.MIN_VALUE))
                .isEmpty();
    }

    @Test
    @Tag("T4")
    @DisplayName(
            "if two steps have the same code, the higher one is found, so that the lower one cannot be used afterwards")
    void highest() {
        // With six digits, two of a thousand steps share a code for about every third secret.
        int found = 0;
        for (byte i = 0; i < 20; i++) {
            OtpSecret secret = OtpSecret.ofBytes(new byte[] {i});
            Map<String, Long> last = new HashMap<>();
            for (long step = 0; step < 1000; step++) {
                String text = CodeGenerator.code(secret, TOTP, step);
                Long earlier = last.put(text, step);
                if (earlier != null) {
                    found++;
                    OneTimeCode code = OneTimeCode.parse(text).orElseThrow();
                    assertThat(OtpVerifier.matchingStep(secret, TOTP, code, 0, step))
                            .hasValue(step);
                    assertThat(OtpVerifier.matchingStep(secret, TOTP, code, 0, step - 1))
                            .hasValue(earlier);
                }
            }
        }
        assertThat(found).isPositive();
    }

    @Test
    @Tag("H1")
    @DisplayName("a code of another length matches nothing, even if its digits are right")
    void otherLength() {
        for (int digits = 6; digits <= 8; digits++) {
            OtpParameters.Hotp hotp = new OtpParameters.Hotp(OtpAlgorithm.SHA1, digits);
            for (int length = 6; length <= 8; length++) {
                // Step 1 of RFC 6238's secret is 94287082, which has no leading zeros at any length.
                OneTimeCode code =
                        OneTimeCode.parse("94287082".substring(8 - length)).orElseThrow();
                assertThat(OtpVerifier.matchingStep(SECRET, hotp, code, 0, 10))
                        .isEqualTo(length == digits ? OptionalLong.of(1) : OptionalLong.empty());
            }
        }
        // The number 81804 is entered with six, seven and eight digits. It must not match by its value.
        OtpParameters.Totp six = new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, 30);
        assertThat(OtpVerifier.matchingStep(SECRET, six, parsed("081804"), 37037036, 37037036))
                .hasValue(37037036);
        assertThat(OtpVerifier.matchingStep(SECRET, six, parsed("0081804"), 37037036, 37037036))
                .isEmpty();
        assertThat(OtpVerifier.matchingStep(SECRET, six, parsed("00081804"), 37037036, 37037036))
                .isEmpty();
    }

    @Test
    @Tag("H4")
    @DisplayName("a counter is found in its look-ahead window")
    void counters() {
        OtpParameters.Hotp hotp = new OtpParameters.Hotp(OtpAlgorithm.SHA1, 6);
        assertThat(OtpVerifier.matchingStep(SECRET, hotp, parsed("969429"), 0, 3))
                .hasValue(3);
        assertThat(OtpVerifier.matchingStep(SECRET, hotp, parsed("969429"), 0, 2))
                .isEmpty();
        assertThat(OtpVerifier.matchingStep(SECRET, hotp, parsed("969429"), 4, 9))
                .isEmpty();
    }

    @Test
    @Tag("S29")
    @DisplayName("a window has 1 to 1000 steps; fewer and more are refused")
    void bounds() {
        OneTimeCode code = codeOf(TOTP, 999);
        assertThat(OtpVerifier.matchingStep(SECRET, TOTP, code, 0, 999)).hasValue(999);
        assertThatIllegalArgumentException().isThrownBy(() -> OtpVerifier.matchingStep(SECRET, TOTP, code, 0, 1000));
        assertThatIllegalArgumentException().isThrownBy(() -> OtpVerifier.matchingStep(SECRET, TOTP, code, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtpVerifier.matchingStep(SECRET, TOTP, code, Long.MIN_VALUE, Long.MAX_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtpVerifier.matchingStep(SECRET, TOTP, code, Long.MAX_VALUE, Long.MIN_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtpVerifier.matchingStep(SECRET, TOTP, code, -2, Long.MAX_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> OtpVerifier.matchingTotpStep(SECRET, TOTP, code, -1, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 500, Integer.MAX_VALUE})
    @Tag("S29")
    @DisplayName("a window of fewer than 0 or more than 499 steps in each direction is refused")
    void otherWindows(int window) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtpVerifier.matchingTotpStep(SECRET, TOTP, codeOf(TOTP, 0), 0, window))
                .withMessage("window must be 0 to 499 steps, not " + window);
    }

    @Test
    @Tag("H1")
    @DisplayName("parameters that are not fit for login are refused: fewer and more digits, long periods, Steam")
    void notFitForLogin() {
        OneTimeCode code = codeOf(TOTP, 0);
        List<OtpParameters> refused = List.of(
                new OtpParameters.Totp(OtpAlgorithm.SHA1, 5, 30),
                new OtpParameters.Totp(OtpAlgorithm.SHA1, 9, 30),
                new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, 301),
                new OtpParameters.Hotp(OtpAlgorithm.SHA1, 5),
                new OtpParameters.Hotp(OtpAlgorithm.SHA1, 10),
                new OtpParameters.Steam());
        for (OtpParameters parameters : refused) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OtpVerifier.matchingStep(SECRET, parameters, code, 0, 1))
                    .withMessageStartingWith("A login takes codes");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OtpVerifier.matchingTotpStep(
                        SECRET, new OtpParameters.Totp(OtpAlgorithm.SHA1, 9, 30), code, 59, 1))
                .withMessageStartingWith("A login takes codes");
    }

    @Test
    @Tag("S29")
    @DisplayName("a window of 499 steps in each direction is accepted")
    void widestWindow() {
        long now = 2000;
        assertThat(OtpVerifier.matchingTotpStep(SECRET, TOTP, codeOf(TOTP, now - 499), now * 30, 499))
                .hasValue(now - 499);
        assertThat(OtpVerifier.matchingTotpStep(SECRET, TOTP, codeOf(TOTP, now + 499), now * 30, 499))
                .hasValue(now + 499);
    }

    @Test
    @Tag("S15")
    @DisplayName(
            "one HMAC is computed for each step of the window, whether, where and with how many digits a code matches")
    void sameWork() {
        CountingProvider provider = new CountingProvider();
        Security.insertProviderAt(provider, 1);
        try {
            for (long step = 90; step <= 110; step++) {
                OneTimeCode code = codeOf(TOTP, step);
                assertThat(hmacsOf(() -> OtpVerifier.matchingStep(SECRET, TOTP, code, 95, 105)))
                        .isEqualTo(11);
            }
            assertThat(hmacsOf(() -> OtpVerifier.matchingStep(SECRET, TOTP, parsed("1234567"), 95, 105)))
                    .isEqualTo(11);
            assertThat(hmacsOf(() -> OtpVerifier.matchingStep(SECRET, TOTP, parsed("123456"), -20, -10)))
                    .isEqualTo(11);
            assertThat(hmacsOf(() -> OtpVerifier.matchingTotpStep(SECRET, TOTP, codeOf(TOTP, 0), 0, 5)))
                    .as("with the one HMAC that made the code")
                    .isEqualTo(12);
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    private static int hmacsOf(Runnable work) {
        CountingMac.DONE.set(0);
        work.run();
        return CountingMac.DONE.get();
    }

    private static OneTimeCode codeOf(OtpParameters parameters, long step) {
        return parsed(textOf(parameters, step));
    }

    private static String textOf(OtpParameters parameters, long step) {
        return CodeGenerator.code(SECRET, parameters, step);
    }

    private static OneTimeCode parsed(String raw) {
        return OneTimeCode.parse(raw).orElseThrow();
    }

    /** Counts the platform's HMAC-SHA-1 computations. */
    private static final class CountingProvider extends Provider {

        private static final long serialVersionUID = 1L;

        CountingProvider() {
            super("Counting", "1", "counts HMACs");
            put("Mac.HmacSHA1", CountingMac.class.getName());
        }
    }

    /** Public, with a public constructor, because the platform instantiates it. */
    public static final class CountingMac extends MacSpi {

        static final AtomicInteger DONE = new AtomicInteger();

        private final Mac mac;

        public CountingMac() throws GeneralSecurityException {
            mac = Mac.getInstance("HmacSHA1", "SunJCE");
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec parameters) throws InvalidKeyException {
            mac.init(key);
        }

        @Override
        protected void engineUpdate(byte input) {
            mac.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            DONE.incrementAndGet();
            return mac.doFinal();
        }

        @Override
        protected void engineReset() {
            mac.reset();
        }
    }
}
