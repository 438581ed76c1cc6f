package io.github.totpguard.bench;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The n-th user of a realm. Name, password and secret follow from the number, so that nothing has to be handed over. */
public record BenchUser(int number) {

    /** Seconds. A third of the usual, so that a third of the users is enough for as many logins. */
    public static final int PERIOD = 10;

    private static final OtpParameters.Totp PARAMETERS = new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, PERIOD);

    /** The password, too. */
    public String name() {
        return "user" + number;
    }

    /** 160 bits. */
    public OtpSecret secret() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest(("bench " + number).getBytes(StandardCharsets.UTF_8));
            return OtpSecret.ofBytes(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String code(long step) {
        return CodeGenerator.code(secret(), PARAMETERS, step);
    }

    public static long presentStep() {
        return PARAMETERS.stepAt(System.currentTimeMillis() / 1000);
    }
}
