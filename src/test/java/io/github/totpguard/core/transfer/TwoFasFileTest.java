package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoFasFileTest {

    @Test
    @DisplayName("older backups are read: no issuer, no account, no type, only a name and a secret")
    void older() throws UnreadableImportException {
        Import read = read(
                "{\"name\":\"Shop\",\"secret\":\"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\"},"
                        + "{\"name\":\"Shop\",\"secret\":\"JBSWY3DP\",\"otp\":{\"account\":\"\",\"label\":\"ada\",\"issuer\":\"\"}},"
                        + "{\"name\":\"Shop\",\"secret\":\"JBSWY3DP\",\"otp\":{\"account\":\"ada\",\"issuer\":\"Other\",\"period\":60}}");
        List<OtpAuthUri> accounts = Fixtures.accepted(read);
        assertThat(accounts).extracting(OtpAuthUri::account).containsExactly("Shop", "ada", "ada");
        assertThat(accounts)
                .extracting(account -> account.issuer().orElseThrow())
                .containsExactly("Shop", "Shop", "Other");
        assertThat(accounts.get(0).parameters()).isEqualTo(OtpParameters.Totp.DEFAULT);
        assertThat(((OtpParameters.Totp) accounts.get(2).parameters()).periodSeconds())
                .isEqualTo(60);
    }

    @Test
    @DisplayName(
            "an unknown type, a missing counter and an invalid secret are refused, and the other accounts are read")
    void refused() throws UnreadableImportException {
        Import read = read("{\"name\":\"a\",\"secret\":\"JBSWY3DP\",\"otp\":{\"tokenType\":\"XOTP\"}},"
                + "{\"name\":\"b\",\"secret\":\"JBSWY3DP\",\"otp\":{\"tokenType\":\"HOTP\"}},"
                + "{\"name\":\"c\"},5,"
                + "{\"name\":\"d\",\"secret\":\"JBSWY3DP\"}");
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(Reason.TYPE, Reason.COUNTER, Reason.SECRET, Reason.NOT_AN_ACCOUNT);
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("a", "b", "c", "");
        assertThat(Fixtures.accepted(read)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "::", "AAAA:AAAA", "AAAA:AAAA:AAAAAAAAAAAAAAAA", "*:*:*", "A:A:A:A"})
    @DisplayName("an encrypted part that does not have three parts, or is too short, is refused")
    void damaged(String encrypted) {
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.DAMAGED, encrypted(encrypted), Fixtures.password());
    }

    @Test
    @DisplayName("a salt that is too long and a nonce of another length are refused")
    void lengths() {
        String data = Base64.getEncoder().encodeToString(new byte[32]);
        String salt = Base64.getEncoder().encodeToString(new byte[1025]);
        String nonce = Base64.getEncoder().encodeToString(new byte[12]);
        for (String part : List.of(data + ":" + salt + ":" + nonce, data + ":" + nonce + ":" + data)) {
            ImportReaderTest.assertUnreadable(
                    UnreadableImportException.Reason.DAMAGED, encrypted(part), Fixtures.password());
        }
        String longest = Base64.getEncoder().encodeToString(new byte[1024]);
        String tagAlone = Base64.getEncoder().encodeToString(new byte[16]);
        for (String part : List.of(
                data + ":" + data + ":" + nonce,
                data + ":" + longest + ":" + nonce,
                tagAlone + ":" + data + ":" + nonce)) {
            ImportReaderTest.assertUnreadable(
                    UnreadableImportException.Reason.PASSWORD_WRONG, encrypted(part), Fixtures.password());
        }
    }

    @Test
    @DisplayName("a blank encrypted part counts as absent")
    void blank() throws UnreadableImportException {
        assertThat(ImportReader.read(List.of(encrypted(" ")), Fixtures.NO_PASSWORD)
                        .items())
                .isEmpty();
    }

    private static String encrypted(String part) {
        return "{\"services\":[],\"schemaVersion\":4,\"servicesEncrypted\":\"" + part + "\"}";
    }

    private static Import read(String services) throws UnreadableImportException {
        return ImportReader.read(
                List.of("{\"services\":[" + services + "],\"schemaVersion\":1}"), Fixtures.NO_PASSWORD);
    }
}
