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
}
