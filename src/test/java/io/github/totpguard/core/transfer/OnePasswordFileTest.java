package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnePasswordFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"1password.data", "1password.1pux"})
    @DisplayName("codes of every vault and section are read; passwords, cards, notes and attachments are skipped")
    void read(String file) throws UnreadableImportException {
        Import read = Fixtures.read(file);
        assertThat(read.format()).isEqualTo(Format.ONEPASSWORD);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read).subList(0, 7)).isEqualTo(Fixtures.ACCOUNTS);
        OtpAuthUri bare = Fixtures.accepted(read).get(7);
        assertThat(bare.issuer()).contains("Bare");
        assertThat(bare.account()).isEqualTo("ada");
        assertThat(bare.secret()).isEqualTo(Fixtures.secret("8", 20));
        assertThat(read.items()).hasSize(8);
        assertThat(read.toString()).doesNotContain("not for us");
    }

    @Test
    @DisplayName("items in a wrapper, as early versions wrote them, and two secrets in one item are read")
    void framed() throws UnreadableImportException {
        String totp = "{\"fields\":[{\"value\":{\"totp\":\"JBSWY3DP\"}},{\"value\":{\"totp\":\"what is this?\"}}]}";
        Import read = ImportReader.read(
                List.of("{\"accounts\":[{\"vaults\":[{\"items\":[{\"item\":{\"overview\":{\"title\":\"Shop\"},"
                        + "\"details\":{\"loginFields\":null,\"sections\":[null," + totp + "]}}},null,5]}]}]}"),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).containsExactly("Shop");
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("Shop");
    }
}
