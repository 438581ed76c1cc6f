package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.AccountNames;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitwardenFileTest {

    @Test
    @DisplayName("URIs, steam:// and bare secrets under the item's name are read; passwords and notes are skipped")
    void read() throws UnreadableImportException {
        Import read = Fixtures.read("bitwarden.json");
        assertThat(read.format()).isEqualTo(Format.BITWARDEN);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read).subList(0, 7)).isEqualTo(Fixtures.ACCOUNTS);
        assertThat(Fixtures.accepted(read).subList(7, 8))
                .containsExactly(new OtpAuthUri(
                        Optional.of("Bare"),
                        "ada",
                        Fixtures.secret("8", 20),
                        OtpParameters.Totp.DEFAULT,
                        OptionalLong.empty()));
        assertThat(read.items()).hasSize(8);
    }

    @Test
    @DisplayName("a URI without names gets the item's name and user")
    void unnamed() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of(
                        "{\"items\":[{\"name\":\"Shop: one\",\"login\":{\"username\":\"ada\",\"totp\":\"otpauth://totp/?secret=JBSWY3DP\"}},"
                                + "{\"name\":\"Shop\",\"login\":{\"totp\":\"otpauth://totp/?secret=JBSWY3DP&issuer=Other\"}},"
                                + "{\"name\":\"Shop\",\"login\":{\"totp\":\"otpauth://totp/?secret=0\"}}]}"),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).containsExactly("ada", "Shop");
        assertThat(Fixtures.accepted(read))
                .extracting(account -> account.issuer().orElseThrow())
                .containsExactly("Shop- one", "Other");
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("Shop:Shop");
    }

    @Test
    @DisplayName("an item with an invalid secret is refused under its name")
    void refused() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of("{\"items\":[{\"name\":\"Shop\",\"login\":{\"totp\":\"what is this?\"}},"
                        + "{\"login\":{\"username\":\"ada\",\"totp\":\"steam://\"}},"
                        + "{\"login\":{\"totp\":\"JBSWY3DP\"}},"
                        + "{\"login\":{\"username\":\"ada\",\"totp\":\"JBSWY3DP\"}}]}"),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(Reason.SECRET, Reason.SECRET);
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("Shop", "ada");
        assertThat(Fixtures.accepted(read))
                .extracting(OtpAuthUri::account)
                .containsExactly(AccountNames.UNNAMED, "ada");
    }

    @Test
    @DisplayName("an item with a blank secret counts as an item without codes")
    void blank() throws UnreadableImportException {
        assertThat(ImportReader.read(
                                List.of("{\"items\":[{\"name\":\"Shop\",\"login\":{\"totp\":\" \"}}]}"),
                                Fixtures.NO_PASSWORD)
                        .items())
                .isEmpty();
    }

    @Test
    @DisplayName("an encrypted export is refused with a message, with or without a password")
    void encrypted() {
        String file = "{\"encrypted\":true,\"passwordProtected\":true,\"salt\":\"x\",\"data\":\"2.x\"}";
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.UNSUPPORTED_ENCRYPTION, file, Fixtures.password());
    }

    @Test
    @Tag("S54")
    @DisplayName("names from Bitwarden Authenticator contain no HTML escapes")
    void authenticator() throws UnreadableImportException {
        CsvFileTest.assertBitwardenAuthenticator(Fixtures.read("bitwarden-authenticator.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "o&#39;hara, o'hara",
        "o&amp;#39;hara, o'hara",
        "&quot;x&quot; &lt;y&gt;, \"x\" <y>",
        "a &unknown; b, a &unknown; b",
        "&#9999999;, &#9999999;",
        "Fish & Chips, Fish & Chips",
        ":null, ''",
        "null:null, ''",
        ":, ''",
        "null hypothesis, null hypothesis"
    })
    @Tag("S54")
    @DisplayName("HTML escapes are resolved, also if two programs have escaped; :null is not a name")
    void names(String written, String meant) {
        AccountNames names = AccountNames.of(Optional.empty(), written, OtpSecret.ofBase32("JBSWY3DP"));
        assertThat(names.account()).isEqualTo(meant.isEmpty() ? AccountNames.UNNAMED : meant);
    }

    @Test
    @Tag("S54")
    @DisplayName("an item named :null takes the names of its URI")
    void nameless() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of(
                        "{\"items\":[{\"name\":\":null\",\"login\":{\"totp\":\"otpauth://totp/?secret=JBSWY3DP&issuer=Shop\"}},"
                                + "{\"name\":\":null\",\"login\":{\"username\":\"o&#39;hara\",\"totp\":\"JBSWY3DP\"}}]}"),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).containsExactly("Shop", "o'hara");
        assertThat(read.toString()).doesNotContain("null");
    }
}
