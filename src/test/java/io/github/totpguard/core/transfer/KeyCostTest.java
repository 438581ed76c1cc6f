package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.transfer.crypto.BusyException;
import io.github.totpguard.core.transfer.crypto.KeyDerivations;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost that an untrusted file can cause on the server. */
class KeyCostTest {

    private static final long MEBIBYTE = 1L << 20;
    private static final KdfBound BOUND = new KdfBound(64 * MEBIBYTE, 512 * MEBIBYTE, 100);

    @Test
    @DisplayName("the cost is memory times passes")
    void spent() throws UnreadableImportException {
        assertThat(BOUND.spend(32 * MEBIBYTE, 3)).isEqualTo(new KdfBound(64 * MEBIBYTE, 416 * MEBIBYTE, 100));
        assertThat(BOUND.spend(64 * MEBIBYTE, 8)).isEqualTo(new KdfBound(64 * MEBIBYTE, 0, 100));
    }

    @ParameterizedTest
    @CsvSource({"64, 9, 512", "65, 1, 512", "32, 17, 512", "32, 2, 63"})
    @DisplayName("a cost beyond the limit is refused, and the message gives both values")
    void refused(long memory, long passes, long work) {
        KdfBound bound = new KdfBound(64 * MEBIBYTE, work * MEBIBYTE, 100);
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> bound.spend(memory * MEBIBYTE, passes))
                .withMessageContaining("take " + memory + " MiB of memory, " + passes + " times")
                .withMessageContaining("Up to 64 MiB and " + work + " MiB of work")
                .matches(e -> e.reason() == Reason.KDF_TOO_EXPENSIVE);
    }

    @Test
    @Tag("S44")
    @DisplayName("rounds of PBKDF2 count too, and the limit itself is allowed")
    void rounds() throws UnreadableImportException {
        KdfBound left = BOUND.spendRounds(60);
        assertThat(left).isEqualTo(new KdfBound(64 * MEBIBYTE, 512 * MEBIBYTE, 40));
        assertThat(left.spendRounds(40).rounds()).isZero();
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> left.spendRounds(41))
                .withMessageContaining("take 41 rounds of PBKDF2. Up to 40 are allowed")
                .matches(e -> e.reason() == Reason.KDF_TOO_EXPENSIVE);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1"})
    @DisplayName("a negative limit is refused")
    void negative(long memory, long work, long rounds) {
        assertThatIllegalArgumentException().isThrownBy(() -> new KdfBound(memory, work, rounds));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImportBound(-1, BOUND));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aegis-encrypted.json",
                "2fas-encrypted.2fas",
                "ente-encrypted.json",
                "stratum-encrypted.stratum",
                "stratum-legacy.authpro",
                "andotp.json.aes",
                "freeotp2-externalBackup.xml"
            })
    @Tag("S44")
    @DisplayName("while a key is derived, another file is refused at once, and nothing waits")
    void busy(String file) throws Exception {
        KeyDerivations.Place taken = KeyDerivations.enter();
        try {
            ImportReaderTest.assertUnreadable(
                    Reason.BUSY, ImportReader.contentOf(Fixtures.bytes(file)), Fixtures.password());
            assertThatExceptionOfType(BusyException.class)
                    .isThrownBy(() -> Exports.aegisEncrypted(Fixtures.ACCOUNTS, new char[] {'x'}, new SecureRandom()));
        } finally {
            taken.close();
        }
        assertThat(Fixtures.accepted(Fixtures.read(file))).isNotEmpty();
    }

    @Test
    @DisplayName("a slot that is closed twice is released once")
    void place() throws BusyException {
        KeyDerivations.Place taken = KeyDerivations.enter();
        taken.close();
        taken.close();
        KeyDerivations.Place again = KeyDerivations.enter();
        try {
            assertThatExceptionOfType(BusyException.class).isThrownBy(KeyDerivations::enter);
        } finally {
            again.close();
        }
    }
}
