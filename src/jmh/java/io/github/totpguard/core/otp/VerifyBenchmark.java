package io.github.totpguard.core.otp;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.warrenstrange.googleauth.GoogleAuthenticator;
import com.warrenstrange.googleauth.GoogleAuthenticatorConfig.GoogleAuthenticatorConfigBuilder;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.code.DefaultCodeVerifier;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Calendar;
import java.util.OptionalLong;
import java.util.TimeZone;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.keycloak.models.utils.TimeBasedOTP;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Checks a wrong code against all steps of a window: the default one, and that of a resynchronisation by two codes. */
@State(Scope.Benchmark)
public class VerifyBenchmark {
    private static final long SECOND = 1_800_000_000L;
    private static final int PERIOD = 30;

    @Param({"1", "20"})
    int window;

    private final byte[] key = new byte[20];
    private final OtpSecret secret = OtpSecret.ofBytes(key);
    private final String base32 = secret.toBase32();
    private final byte[] message = new byte[Long.BYTES];
    private String entered;
    private OneTimeCode code;
    private Mac keyed;
    private TimeBasedOTP keycloak;
    private TimeBasedOneTimePasswordGenerator javaOtp;
    private DefaultCodeVerifier samstevens;
    private GoogleAuthenticator googleauth;

    @Setup
    public void prepare() throws GeneralSecurityException {
        Arrays.fill(key, (byte) 7);
        // The code of a step outside of every window.
        entered = CodeGenerator.code(secret, OtpParameters.Totp.DEFAULT, SECOND / PERIOD + 1000);
        code = OneTimeCode.parse(entered).orElseThrow();
        keyed = newMac();
        Calendar now = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
        now.setTimeInMillis(SECOND * 1000);
        keycloak = new TimeBasedOTP("HmacSHA1", 6, PERIOD, window);
        keycloak.setCalendar(now);
        javaOtp = new TimeBasedOneTimePasswordGenerator();
        samstevens = new DefaultCodeVerifier(new DefaultCodeGenerator(), () -> SECOND);
        samstevens.setAllowedTimePeriodDiscrepancy(window);
        googleauth = new GoogleAuthenticator(
                new GoogleAuthenticatorConfigBuilder().setWindowSize(steps()).build());
    }

    private int steps() {
        return 2 * window + 1;
    }

    private Mac newMac() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac;
    }

    private int hmacs(Mac mac) {
        int last = 0;
        for (int i = 0; i < steps(); i++) {
            message[Long.BYTES - 1] = (byte) i;
            last ^= mac.doFinal(message)[0];
        }
        return last;
    }

    @Benchmark
    public OptionalLong ours() {
        return OtpVerifier.matchingTotpStep(secret, OtpParameters.Totp.DEFAULT, code, SECOND, window);
    }

    /**
     * The minimum for any implementation with the JCA: creating and keying an HMAC, and one computation for each step.
     */
    @Benchmark
    public int hmacs() throws GeneralSecurityException {
        return hmacs(newMac());
    }

    /** Only the computations. */
    @Benchmark
    public int hmacsKeyedBefore() {
        return hmacs(keyed);
    }

    @Benchmark
    public boolean keycloak() {
        return keycloak.validateTOTP(entered, key);
    }

    /** This library has no verification. Its documentation leaves the loop to the caller. */
    @Benchmark
    public boolean javaOtp() throws GeneralSecurityException {
        SecretKeySpec hmacKey = new SecretKeySpec(key, "HmacSHA1");
        boolean found = false;
        for (int i = -window; i <= window; i++) {
            found |= javaOtp.generateOneTimePasswordString(hmacKey, Instant.ofEpochSecond(SECOND + (long) i * PERIOD))
                    .equals(entered);
        }
        return found;
    }

    @Benchmark
    public boolean samstevens() {
        return samstevens.isValidCode(base32, entered);
    }

    @Benchmark
    public boolean googleauth() {
        return googleauth.authorize(base32, Integer.parseInt(entered), SECOND * 1000);
    }
}
