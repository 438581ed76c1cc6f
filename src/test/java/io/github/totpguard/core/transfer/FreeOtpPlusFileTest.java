package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FreeOtpPlusFileTest {

    @Test
    @DisplayName("secrets as signed bytes, changed names, and Steam by its issuer are read")
    void read() throws UnreadableImportException {
        Import read = Fixtures.read("freeotp-plus.json");
        assertThat(read.format()).isEqualTo(Format.FREEOTP_PLUS);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read)).isEqualTo(Fixtures.ACCOUNTS);
    }

    @Test
    @DisplayName("bytes from 128 on may be written without a sign; a counter of -1 belongs to a token never used")
    void bytes() throws UnreadableImportException {
        Import read = read("{\"secret\":[255,-1,128],\"type\":\"HOTP\",\"issuerInt\":\"Shop\",\"label\":\"ada\","
                + "\"counter\":-1}");
        OtpAuthUri account = Fixtures.accepted(read).get(0);
        assertThat(account.secret()).isEqualTo(OtpSecret.ofBytes(new byte[] {-1, -1, -128}));
        assertThat(account.counter()).isEqualTo(OptionalLong.of(0));
        assertThat(account.issuer()).contains("Shop");
    }

    @Test
    @DisplayName("a secret that is not a list of bytes, Steam with six digits and a negative counter are refused")
    void refused() throws UnreadableImportException {
        Import read = read("{\"secret\":\"JBSWY3DP\",\"type\":\"TOTP\",\"label\":\"a\"},"
                + "{\"secret\":[],\"type\":\"TOTP\",\"label\":\"b\"},"
                + "{\"secret\":[256],\"type\":\"TOTP\",\"label\":\"c\"},"
                + "{\"secret\":[1.5],\"type\":\"TOTP\",\"label\":\"d\"},"
                + "{\"secret\":[1],\"type\":\"TOTP\",\"issuerExt\":\"Steam\",\"digits\":6,\"label\":\"e\"},"
                + "{\"secret\":[1],\"type\":\"HOTP\",\"counter\":-2,\"label\":\"f\"}");
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(
                        Reason.SECRET, Reason.SECRET, Reason.SECRET, Reason.SECRET, Reason.DIGITS, Reason.COUNTER);
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::name)
                .containsExactly("a", "b", "c", "d", "e", "f");
    }

    private static Import read(String tokens) throws UnreadableImportException {
        return ImportReader.read(List.of("{\"tokens\":[" + tokens + "],\"tokenOrder\":[]}"), Fixtures.NO_PASSWORD);
    }
}
