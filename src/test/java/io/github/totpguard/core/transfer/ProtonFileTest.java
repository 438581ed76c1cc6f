package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtonFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"proton-plain.json", "proton-encrypted.json"})
    @DisplayName("plain and encrypted exports are read: URIs with an issuer parameter, and Steam keys in two encodings")
    void read(String file) throws UnreadableImportException {
        Import read = Fixtures.read(file);
        assertThat(read.format()).isEqualTo(Format.PROTON_AUTHENTICATOR);
        assertThat(Fixtures.refused(read)).isEmpty();
        List<OtpAuthUri> accounts = Fixtures.accepted(read);
        assertThat(accounts.subList(0, 3)).isEqualTo(Fixtures.ACCOUNTS.subList(0, 3));
        assertThat(accounts.subList(3, 5))
                .allSatisfy(steam -> assertThat(steam.secret())
                        .isEqualTo(Fixtures.ACCOUNTS.get(6).secret()))
                .allSatisfy(steam -> assertThat(steam.issuer()).contains("Steam"))
                .extracting(OtpAuthUri::account)
                .containsExactly("mary", "base64");
        assertThat(accounts).hasSize(5);
    }

    @Test
    @DisplayName("an encrypted export asks for its password, and reports a wrong one")
    void passwords() {
        String file = Fixtures.text("proton-encrypted.json");
        ImportReaderTest.assertUnreadable(UnreadableImportException.Reason.PASSWORD_NEEDED, file, Fixtures.NO_PASSWORD);
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.PASSWORD_WRONG, file, Optional.of("Test".toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":1,\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA==\",\"content\":\"AAAA\"}",
                "{\"version\":1,\"salt\":\"AAAA\",\"content\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"version\":1,\"salt\":\"*\",\"content\":\"AAAA\"}"
            })
    @DisplayName("a salt or a content of impossible length is reported as damage, not as a wrong password")
    void damaged(String file) {
        ImportReaderTest.assertUnreadable(UnreadableImportException.Reason.DAMAGED, file, Fixtures.password());
    }

    @Test
    @DisplayName("a newer version than the known one is refused")
    void version() {
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.UNSUPPORTED_VERSION,
                "{\"version\":2,\"entries\":[{\"content\":{}}]}",
                Fixtures.NO_PASSWORD);
    }

    @Test
    @DisplayName("an entry without a URI or with an invalid key is refused under its name; the others are read")
    void refused() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of("{\"version\":1,\"entries\":[{\"content\":{\"name\":\"a\",\"entry_type\":\"Totp\"}},"
                        + "{\"content\":{\"name\":\"b\",\"uri\":\"steam://!!\"}},5,"
                        + "{\"content\":{\"uri\":\"otpauth://totp/?secret=JBSWY3DP\",\"name\":\"c\"}}]}"),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(Reason.NOT_AN_ACCOUNT, Reason.SECRET, Reason.NOT_AN_ACCOUNT);
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("a", "b", "");
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).containsExactly("c");
    }
}
