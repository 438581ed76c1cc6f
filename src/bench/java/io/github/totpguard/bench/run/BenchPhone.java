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
 * The device of all users, who are copies of one user, including the secret. The servers do the same work as for
 * different secrets, but the load generator computes only one code for each time step.
 */
final class BenchPhone {

    /** The period in seconds: a third of the usual period, so that a third of the users suffices for as many logins. */
    static final int PERIOD = 10;

    static final OtpSecret SECRET = OtpSecret.ofBase32("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");

    private static final OtpParameters.Totp PARAMETERS = new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, PERIOD);
    /** More steps than any window or resynchronisation covers. */
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

    /** A code that is wrong in all time steps that the servers can check. */
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
