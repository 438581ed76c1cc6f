package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TwoFAuthFileTest {

    @Test
    @DisplayName("totp, hotp and steamtotp are read with their parameters, and icons are skipped")
    void read() throws UnreadableImportException {
        Import read = Fixtures.read("2fauth.json");
        assertThat(read.format()).isEqualTo(Format.TWOFAUTH);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read)).isEqualTo(Fixtures.ACCOUNTS);
    }

    @Test
    @DisplayName("an export as URIs has no schema and is read as well")
    void uris() throws UnreadableImportException {
        Import read = Fixtures.read("2fauth-uris.json");
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read))
                .containsExactly(
                        Fixtures.ACCOUNTS.get(1),
                        Fixtures.ACCOUNTS.get(3),
                        Fixtures.ACCOUNTS.get(4),
                        Fixtures.ACCOUNTS.get(5));
    }

    @Test
    @DisplayName("a file with a newer schema is refused as a whole; an account with an invalid secret is refused alone")
    void refused() throws UnreadableImportException {
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.UNSUPPORTED_VERSION,
                "{\"app\":\"2fauth_v9\",\"schema\":2,\"data\":[]}",
                Fixtures.NO_PASSWORD);
        Import read = ImportReader.read(
                List.of("{\"app\":\"2fauth_v8\",\"schema\":1,\"data\":[{\"otp_type\":\"totp\",\"service\":\"Shop\","
                        + "\"account\":\"\",\"secret\":\"*indecipherable*\"}]}"),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(Reason.SECRET);
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("Shop");
    }
}
