package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stranger's file may make us spend on its key. */
class KeyCostTest {

    private static final long MEBIBYTE = 1L << 20;
    private static final KdfBound BOUND = new KdfBound(64 * MEBIBYTE, 512 * MEBIBYTE);

    @Test
    @DisplayName("what is spent is memory times passes")
    void spent() throws UnreadableImportException {
        assertThat(BOUND.spend(32 * MEBIBYTE, 3)).isEqualTo(new KdfBound(64 * MEBIBYTE, 416 * MEBIBYTE));
        assertThat(BOUND.spend(64 * MEBIBYTE, 8)).isEqualTo(new KdfBound(64 * MEBIBYTE, 0));
    }

    @ParameterizedTest
    @CsvSource({"64, 9, 512", "65, 1, 512", "32, 17, 512", "32, 2, 63"})
    @DisplayName("too much is refused with what it would take, and with what is allowed")
    void refused(long memory, long passes, long work) {
        KdfBound bound = new KdfBound(64 * MEBIBYTE, work * MEBIBYTE);
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> bound.spend(memory * MEBIBYTE, passes))
                .withMessageContaining("take " + memory + " MiB of memory, " + passes + " times")
                .withMessageContaining("Up to 64 MiB and " + work + " MiB of work")
                .matches(e -> e.reason() == Reason.KDF_TOO_EXPENSIVE);
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
    @DisplayName("scrypt's parameters, up to the last one and no further")
    void scrypt(long n, long r, long p, int salt, boolean possible) throws UnreadableImportException {
        if (possible) {
            assertThat(Scrypt.of(n, r, p, new byte[salt]).memoryBytes()).isEqualTo(128 * n * r);
        } else {
            assertThatExceptionOfType(UnreadableImportException.class)
                    .isThrownBy(() -> Scrypt.of(n, r, p, new byte[salt]))
                    .matches(e -> e.reason() == Reason.DAMAGED);
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
    @DisplayName("Argon2id's parameters, up to libsodium's last one and no further")
    void argon2id(long memory, long passes, int salt, boolean possible) throws UnreadableImportException {
        if (possible) {
            assertThat(Argon2id.of(memory, passes, new byte[salt]))
                    .returns(memory, Argon2id::memoryBytes)
                    .returns((int) passes, Argon2id::passes);
        } else {
            assertThatExceptionOfType(UnreadableImportException.class)
                    .isThrownBy(() -> Argon2id.of(memory, passes, new byte[salt]))
                    .matches(e -> e.reason() == Reason.DAMAGED);
        }
    }

    @Test
    @DisplayName("a stream as short as can be is opened with its key alone, a shorter one is none")
    void stream() throws UnreadableImportException {
        byte[] key = new byte[32];
        byte[] header = new byte[SecretStream.HEADER_BYTES];
        assertThat(SecretStream.open(key, header, new byte[17])).isEmpty();
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> SecretStream.open(key, header, new byte[16]))
                .matches(e -> e.reason() == Reason.DAMAGED);
    }
}
