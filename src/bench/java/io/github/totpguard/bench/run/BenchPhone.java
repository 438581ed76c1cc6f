package io.github.totpguard.bench.run;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The device of all users: they are copies of one, secret included. That costs the servers nothing less, and the load generator
 * one code in a time step.
 */
final class BenchPhone {

    /** Seconds. A third of the usual, so that a third of the users is enough for as many logins. */
    static final int PERIOD = 10;

    static final OtpSecret SECRET = OtpSecret.ofBase32("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");

    private static final OtpParameters.Totp PARAMETERS = new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, PERIOD);
    /** Further than any window and any resynchronisation looks. */
    private static final int FAR = 110;

    private static volatile Shown shown = new Shown(-1, "", "");

    private record Shown(long step, String right, String wrong) {

        static Shown at(long step) {
            Set<String> near = LongStream.rangeClosed(step - FAR, step + FAR)
                    .mapToObj(one -> CodeGenerator.code(SECRET, PARAMETERS, one))
                    .collect(Collectors.toSet());
            String wrong = IntStream.iterate((int) (step % 100_000), i -> i + 1)
                    .mapToObj(i -> String.format("%06d", i))
                    .filter(code -> !near.contains(code))
                    .findFirst()
                    .orElseThrow();
            return new Shown(step, CodeGenerator.code(SECRET, PARAMETERS, step), wrong);
        }
    }

    private BenchPhone() {}

    static long presentStep() {
        return PARAMETERS.stepAt(System.currentTimeMillis() / 1000);
    }

    static String code() {
        return now().right;
    }

    /** One that is right in no time step that could matter. */
    static String wrongCode() {
        return now().wrong;
    }

    private static Shown now() {
        Shown last = shown;
        long step = presentStep();
        if (last.step != step) {
            last = Shown.at(step);
            shown = last;
        }
        return last;
    }
}
