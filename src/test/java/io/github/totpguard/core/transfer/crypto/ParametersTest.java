package io.github.totpguard.core.transfer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cryptography of other apps: results, and which parameters are possible. */
class ParametersTest {

    @Test
    @DisplayName("a password is encoded in UTF-8")
    void utf8() {
        assertThat(PasswordBytes.utf8("p\u00e4\ud83d\ude00".toCharArray()))
                .asHexString()
                .isEqualToIgnoringCase("70c3a4f09f9880");
    }

    @Test
    @DisplayName("HChaCha20 gives the result of draft-irtf-cfrg-xchacha-03, 2.2.1")
    void subkey() {
        byte[] key = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] nonce = HexFormat.of().parseHex("000000090000004a0000000031415927");
        assertThat(HChaCha20.subkey(key, nonce))
                .asHexString()
                .isEqualToIgnoringCase("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, true",
        "1024, 2147483647, true",
        "0, 1, false",
        "1025, 1, false",
        "1, 0, false",
        "1, 2147483648, false"
    })
    @DisplayName("PBKDF2 accepts its parameters up to the limits and no further")
    void pbkdf2(int salt, long rounds, boolean possible) throws ImpossibleParametersException {
        if (possible) {
            assertThat(Pbkdf2.of(Pbkdf2.Prf.HMAC_SHA1, new byte[salt], rounds).rounds())
                    .isEqualTo((int) rounds);
        } else {
            assertThatExceptionOfType(ImpossibleParametersException.class)
                    .isThrownBy(() -> Pbkdf2.of(Pbkdf2.Prf.HMAC_SHA1, new byte[salt], rounds));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, 1, 1024, true",
        "16777216, 64, 16, 0, true",
        "33554432, 8, 1, 32, false",
        "3, 8, 1, 32, false",
        "2, 1, 1, 32, false",
        "2, 65, 1, 32, false",
        "2, 2, 0, 32, false",
        "2, 2, 17, 32, false",
        "2, 2, 1, 1025, false"
    })
    @DisplayName("scrypt accepts its parameters up to the limits and no further")
    void scrypt(long n, long r, long p, int salt, boolean possible) throws ImpossibleParametersException {
        if (possible) {
            assertThat(Scrypt.of(n, r, p, new byte[salt]).memoryBytes()).isEqualTo(128 * n * r);
        } else {
            assertThatExceptionOfType(ImpossibleParametersException.class)
                    .isThrownBy(() -> Scrypt.of(n, r, p, new byte[salt]));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8192, 1, 16, true",
        "4294967296, 2147483647, 16, true",
        "8191, 1, 16, false",
        "4294967297, 1, 16, false",
        "8192, 0, 16, false",
        "8192, 2147483648, 16, false",
        "8192, 1, 15, false",
        "8192, 1, 17, false"
    })
    @DisplayName("Argon2id accepts its parameters up to libsodium's limits and no further")
    void argon2id(long memory, long passes, int salt, boolean possible) throws ImpossibleParametersException {
        if (possible) {
            assertThat(Argon2id.of(memory, passes, new byte[salt]))
                    .returns(memory, Argon2id::memoryBytes)
                    .returns((int) passes, Argon2id::passes);
        } else {
            assertThatExceptionOfType(ImpossibleParametersException.class)
                    .isThrownBy(() -> Argon2id.of(memory, passes, new byte[salt]));
        }
    }

    @Test
    @DisplayName("the shortest possible stream is decrypted only with its key, and a shorter one is refused")
    void stream() throws ImpossibleParametersException {
        byte[] key = new byte[32];
        byte[] header = new byte[SecretStream.HEADER_BYTES];
        assertThat(SecretStream.open(key, header, new byte[17])).isEmpty();
        assertThatExceptionOfType(ImpossibleParametersException.class)
                .isThrownBy(() -> SecretStream.open(key, header, new byte[16]));
    }
}
