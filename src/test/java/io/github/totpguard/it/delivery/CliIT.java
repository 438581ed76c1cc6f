package io.github.totpguard.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.MachineProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command-line tool as it is built, run as a program. */
class CliIT {

    /** RFC 6238 appendix B: "12345678901234567890". */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static final Path JAR = Path.of(System.getProperty("cli.jar"));

    @TempDir
    private Path folder;

    private record Result(int exitCode, String out, String err) {}

    @Test
    @Tag("T1")
    @DisplayName("for a secret on standard input, the code is printed on standard output with exit code 0")
    void code() throws IOException {
        assertThat(tool(SECRET, "code", "--digits=8", "--time=59")).isEqualTo(new Result(0, "94287082\n", ""));
    }

    @Test
    @DisplayName("the exit code is 0 for a right code, 1 for a wrong one, 2 for a wrong command, 3 for no key, 4 "
            + "for no file")
    void exitCodes() throws IOException {
        assertThat(tool(SECRET, "verify", "287082", "--time=89"))
                .isEqualTo(new Result(0, "right, offset -1 (-30 s)\n", ""));
        assertThat(tool(SECRET, "verify", "287082", "--time=90").exitCode()).isEqualTo(1);
        assertThat(tool(SECRET, "verify").exitCode()).isEqualTo(2);
        assertThat(tool("", "code").exitCode()).isEqualTo(3);
        assertThat(tool("", "code", "--image=nothing.png").exitCode()).isEqualTo(4);
    }

    @Test
    @DisplayName("a picture that the tool has drawn can be read by the tool")
    void picture() throws IOException {
        String file = folder.resolve("code.png").toString();
        assertThat(tool(SECRET, "qr", "--account=alice", "--output", file).exitCode())
                .isZero();
        assertThat(tool("", "code", "--time=59", "--image", file)).isEqualTo(new Result(0, "287082\n", ""));
    }

    @Test
    @DisplayName(
            "an encrypted export of another app is decrypted: the jar contains JSON and scrypt and needs no other jar")
    void encryptedExport() throws IOException {
        Path export =
                Path.of(System.getProperty("project.directory"), "src/test/resources/transfer/aegis-encrypted.json");
        Result result = tool("test", "import", "--password", export.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Format: aegis\n1. ");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    @DisplayName("names beyond ASCII are kept in input and output, and the terminal is drawn in UTF-8")
    void unicode() throws IOException {
        Result blocks = tool("otpauth://totp/Z\u00fcrich:\u05d0?secret=" + SECRET, "qr");
        assertThat(blocks.out()).startsWith("\u2588").contains("\u2580", "\u2584");
    }

    @Test
    @DisplayName("the jar states its version, and bash can read the completion script")
    void completion() throws IOException {
        assertThat(tool("", "--version").out()).matches("totp-guard [0-9]+\\.[0-9].*\\n");
        Path script = folder.resolve("completion");
        Files.writeString(script, tool("", "generate-completion").out());
        if (MachineProgram.find(List.of("bash"), "bash").isPresent()) {
            assertThat(run("", List.of("bash", "-n", script.toString()))).isEqualTo(new Result(0, "", ""));
        }
    }

    @Test
    @DisplayName("the provider jar contains no class of the tool, and the tool no class of the provider")
    void apart() throws IOException {
        assertThat(entries(Path.of(System.getProperty("provider.jar"))))
                .contains("io/github/totpguard/core/otp/CodeGenerator.class")
                .noneMatch(name -> name.startsWith("io/github/totpguard/cli/"))
                .noneMatch(name -> name.startsWith("picocli/") || name.startsWith("com/"));
        assertThat(entries(JAR))
                .contains("io/github/totpguard/cli/TotpGuardCli.class", "picocli/CommandLine.class")
                .noneMatch(name -> name.startsWith("io/github/totpguard/keycloak/"))
                .noneMatch(name -> name.contains("org/keycloak") || name.startsWith("theme-resources/"))
                .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
    }

    private static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    private static Result tool(String input, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return run(input, command);
    }

    private static Result run(String input, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = text(process.getInputStream().readAllBytes());
        String err = text(process.getErrorStream().readAllBytes());
        try {
            return new Result(process.waitFor(), out, err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
