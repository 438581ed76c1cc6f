package io.github.totpguard.harness;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The {@code oathtool} of OATH Toolkit, an independent implementation. Keys are passed as its arguments, so never use
 * real ones.
 */
public final class Oathtool {

    private final Path program;

    private Oathtool(Path program) {
        this.program = program;
    }

    /** Empty if oathtool is not on the PATH and cannot be installed. */
    public static Optional<Oathtool> find() {
        return MachineProgram.find(List.of("oathtool"), "oathtool").map(Oathtool::new);
    }

    /** One code to generate; oathtool supports only 6 to 8 digits. */
    public record Question(OtpSecret secret, OtpParameters.Totp parameters, long epochSecond) {}

    /** The codes, in the order of the questions. */
    public List<String> codes(List<Question> questions) {
        // One shell starts all of them: ten times as fast as starting each process from Java.
        String script = questions.stream().map(this::command).collect(Collectors.joining("\n", "set -e\n", "\n"));
        try {
            Process shell = new ProcessBuilder("sh").redirectErrorStream(true).start();
            Thread writer = new Thread(() -> write(shell, script));
            writer.start();
            List<String> lines = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            writer.join();
            if (shell.waitFor() != 0 || lines.size() != questions.size()) {
                throw new IllegalStateException(
                        "oathtool gave up after " + lines.size() + " codes of " + questions.size());
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String command(Question question) {
        OtpParameters.Totp parameters = question.parameters();
        return program + " --base32 --totp=" + parameters.algorithm().name() + " --digits=" + parameters.digits()
                + " --time-step-size=" + parameters.periodSeconds() + "s --now=@" + question.epochSecond() + " "
                + question.secret().toBase32();
    }

    private static void write(Process shell, String script) {
        try (var input = shell.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
