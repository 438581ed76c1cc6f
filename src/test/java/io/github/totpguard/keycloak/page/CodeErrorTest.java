package io.github.totpguard.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.backup.BackupCodeInput.Flaw;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.models.utils.FormMessage;

@DisplayName("Errors of input that is not a code")
class CodeErrorTest {
    private static final OptionalInt SIX = OptionalInt.of(6);

    @Test
    @Tag("S59")
    @DisplayName("every flaw of a backup code has a message of its own")
    void flaws() throws IOException {
        Properties messages = new Properties();
        try (InputStream stream =
                getClass().getClassLoader().getResourceAsStream("theme-resources/messages/messages_en.properties")) {
            messages.load(stream);
        }
        assertThat(Arrays.stream(Flaw.values()).map(CodeError::ofBackupCode))
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(messages).containsKey(key));
    }

    @Test
    @Tag("S59")
    @DisplayName("the message names what is missing, for codes of either kind")
    void backupCode() {
        assertThat(backupCode("ABCDE-FGHJK-MNPQR", false)).isEqualTo("totpGuard.error.backupCodeNumber");
        assertThat(backupCode("123 456", false)).isEqualTo("totpGuard.error.backupCodeOfApp");
        assertThat(backupCode("", false)).isEqualTo("totpGuard.error.backupCodeMissing");
        assertThat(backupCode("ABCDE-FGHJK-MNPQR", true)).isEqualTo("totpGuard.error.backupCodeInOrder");
    }

    @Test
    @Tag("S59")
    @DisplayName("a backup code in the field of a one-time code is recognised")
    void backupCodeInWrongField() {
        assertThat(CodeError.incompleteCode("otp", "07-ABCDE-FGHJK-MNPQR", SIX).getMessage())
                .isEqualTo("totpGuard.error.codeIsBackupCode");
        FormMessage digits = CodeError.incompleteCode("otp", "1234567", SIX);
        assertThat(digits.getMessage()).isEqualTo("totpGuard.error.codeIncomplete");
        assertThat(digits.getParameters()).containsExactly(6);
        assertThat(CodeError.incompleteCode("otp", null, OptionalInt.empty()).getMessage())
                .isEqualTo("totpGuard.error.codeIncompleteAny");
    }

    private static String backupCode(String entered, boolean inOrder) {
        return CodeError.incompleteBackupCode("backupCode", entered, inOrder).getMessage();
    }
}
