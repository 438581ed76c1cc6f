package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Simulates Keycloak's FIPS mode, whose Bouncy Castle has other classes. */
class WithoutBouncyCastleTest {

    private final ClassLoader without = new Without();

    @ParameterizedTest
    @ValueSource(strings = {"aegis-encrypted.json", "ente-encrypted.json", "stratum-encrypted.stratum"})
    @DisplayName("an encrypted file that needs Bouncy Castle is refused, and the message says why")
    void needed(String file) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasToString("io.github.totpguard.core.transfer.UnreadableImportException: There is no "
                        + (file.startsWith("aegis") ? "scrypt" : "Argon2")
                        + " here, which the file needs. Export without encryption instead.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth-list.txt",
                "google.txt",
                "aegis-plain.json",
                "2fas-plain.2fas",
                "2fas-encrypted.2fas",
                "bitwarden.json",
                "stratum-legacy.authpro",
                "andotp.json.aes",
                "freeotp2-externalBackup.xml"
            })
    @DisplayName("all other files are read")
    void others(String file) throws Exception {
        assertThat(read(file).toString()).contains("Accepted");
    }

    @Test
    @DisplayName("a list is exported; an Aegis vault is refused with a specific exception")
    void exports() throws Exception {
        Class<?> exports = without.loadClass(Exports.class.getName());
        assertThat(exports.getMethod("otpauthList", List.class).invoke(null, List.of()))
                .isEqualTo("");
        assertThatThrownBy(() -> exports.getMethod("aegisEncrypted", List.class, char[].class, SecureRandom.class)
                        .invoke(null, List.of(), new char[] {'x'}, new SecureRandom()))
                .cause()
                .hasToString(
                        "io.github.totpguard.core.transfer.crypto.CryptoUnavailableException: There is no scrypt here");
    }

    private Object read(String file) throws ReflectiveOperationException {
        return without.loadClass(ImportReader.class.getName())
                .getMethod("read", List.class, Optional.class)
                .invoke(null, List.of(ImportReader.contentOf(Fixtures.bytes(file))), Fixtures.password());
    }

    private static final class Without extends ClassLoader {

        Without() {
            super(WithoutBouncyCastleTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.bouncycastle.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.github.totpguard.core.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
