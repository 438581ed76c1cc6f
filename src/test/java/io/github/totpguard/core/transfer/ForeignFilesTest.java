package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignFilesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"deviceSecret\":\"x\",\"accounts\":[]}; LastPass",
                "[{\"name\":\"a\",\"otpGenerator\":{}}]; Duo",
                "{\"shared_secret\":\"x\"}; Steam",
                "{\"authenticator_tokens\":[]}; Authy",
                "[{\"name\":\"a\",\"decryptedSecret\":\"JBSWY3DP\"}]; Authy",
                "<?xml?><map><string name=\"com.authy.storage.tokens.authenticator.key\"/></map>; Authy",
                "-----BEGIN PGP MESSAGE-----; Decrypt",
                "<!DOCTYPE html><p>; web page",
                "%PDF-1.7^; PDF",
                "PK\3\4^; Unpack",
                "SQLite format 3^; database",
                "\u00ff\u00d8\u00ff^; picture",
                "\u0089PNG^; picture",
                "{\"a\":1}; not of an app",
                "^\1; not of an app",
                "a,b; not of an app"
            })
    @DisplayName(
            "the message for an unsupported file says what to do, which apps' files are read, and where to export them")
    void advice(String file, String advice) {
        // The annotation cannot contain a NUL.
        String content = ImportReader.contentOf(file.replace('^', '\0').getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> ImportReader.read(List.of(content), Optional.empty()))
                .withMessageContaining(advice)
                .withMessageContaining("Aegis: Settings > Import & Export > Export; 2FAS: ")
                .matches(e -> e.reason() == Reason.UNKNOWN_FORMAT);
    }
}
