package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.harness.Oathtool;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OathtoolIT {

    private static final int QUESTIONS = 10_000;
    private static final int AT_ONCE = 2_500;

    /** One tool per thread: starting it anew would take longer than generating all the codes. */
    private static final ThreadLocal<Tool> TOOLS = ThreadLocal.withInitial(Tool::new);

    @Test
    @Tag("T1")
    @Tag("H1")
    @DisplayName("the tool agrees with oathtool on 10,000 random secrets, times, digits, periods and algorithms")
    void agrees() {
        Oathtool oathtool = Oathtool.find()
                .orElseGet(() -> Assumptions.abort("oathtool is neither on the PATH nor to be installed: skipped"));
        // The values are different in every run. The message of a failure contains everything needed to reproduce it.
        Random random = new Random();
        List<Oathtool.Question> questions =
                Stream.generate(() -> question(random)).limit(QUESTIONS).toList();

        List<String> theirs = IntStream.range(0, QUESTIONS / AT_ONCE)
                .parallel()
                .mapToObj(part -> questions.subList(part * AT_ONCE, (part + 1) * AT_ONCE))
                .map(oathtool::codes)
                .flatMap(List::stream)
                .toList();
        List<String> ours = questions.parallelStream().map(OathtoolIT::ours).toList();

        for (int i = 0; i < QUESTIONS; i++) {
            Oathtool.Question question = questions.get(i);
            assertThat(ours.get(i))
                    .as("%s, secret %s", question, question.secret().toBase32())
                    .isEqualTo(theirs.get(i));
        }
    }

    private static Oathtool.Question question(Random random) {
        byte[] secret = new byte[1 + random.nextInt(64)];
        random.nextBytes(secret);
        OtpAlgorithm[] algorithms = OtpAlgorithm.values();
        OtpParameters.Totp parameters = new OtpParameters.Totp(
                algorithms[random.nextInt(algorithms.length)],
                6 + random.nextInt(3),
                1 + random.nextInt(random.nextBoolean() ? 300 : 86_400));
        // Up to after the year 2106, where 32 bits end.
        return new Oathtool.Question(OtpSecret.ofBytes(secret), parameters, random.nextLong(1L << 33));
    }

    private static String ours(Oathtool.Question question) {
        OtpParameters.Totp parameters = question.parameters();
        return TOOLS.get()
                .input(question.secret().toBase32())
                .run(
                        "code",
                        "--algorithm=" + parameters.algorithm(),
                        "--digits=" + parameters.digits(),
                        "--period=" + parameters.periodSeconds(),
                        "--time=" + question.epochSecond())
                .out()
                .strip();
    }
}
