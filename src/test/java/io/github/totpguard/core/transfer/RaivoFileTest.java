package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RaivoFileTest {

    @Test
    @DisplayName("totp and hotp are read; all their numbers are written as text")
    void read() throws UnreadableImportException {
        Import read = Fixtures.read("raivo.json");
        assertThat(read.format()).isEqualTo(Format.RAIVO);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read)).isEqualTo(Fixtures.ACCOUNTS.subList(0, 6));
    }

    @Test
    @DisplayName("an invalid number and an unknown type are refused, never replaced by the default")
    void refused() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of("[{\"kind\":\"TOTP\",\"timer\":\"x\",\"secret\":\"JBSWY3DP\",\"account\":\"a\"},"
                        + "{\"kind\":\"TOTP\",\"timer\":\"30\",\"digits\":\"six\",\"secret\":\"JBSWY3DP\",\"account\":\"b\"},"
                        + "{\"kind\":\"?\",\"timer\":\"30\",\"secret\":\"JBSWY3DP\",\"issuer\":\"c\"}]"),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(Reason.PERIOD, Reason.DIGITS, Reason.TYPE);
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("a", "b", "c");
    }
}
