package io.github.totpguard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Reads the sources, because the compiler copies the constants of credential types into the classes that use them, so
 * that a class file does not show the use.
 */
class SecondFactorDefinitionTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern CREDENTIAL_TYPE = Pattern.compile(
            "(OTP|WebAuthn|RecoveryAuthnCodes)CredentialModel\\.TYPE|equals\\(\"otp\"\\)|\"otp\"\\.equals"
                    + "|\"(webauthn|webauthn-passwordless|recovery-authn-codes)\"");

    @Test
    @Tag("S39")
    @DisplayName("second factors are defined in one place: no other class names a credential type of a second factor")
    void onePlace() throws IOException {
        assertThat(classesThatMatch(CREDENTIAL_TYPE)).containsExactly("SecondFactor.java");
    }

    private static List<String> classesThatMatch(Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> pattern.matcher(read(file)).find())
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
