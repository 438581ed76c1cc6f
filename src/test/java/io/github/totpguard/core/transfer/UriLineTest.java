package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.transfer.ImportItem.Accepted;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.ImportItem.Refused;
import io.github.totpguard.core.uri.OtpAuthReader;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UriLineTest {

    private static final String FIRST_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String SECOND_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String FIRST = "otpauth://totp/a?secret=" + FIRST_SECRET + "&issuer=A";
    private static final String SECOND = "otpauth://totp/b?secret=" + SECOND_SECRET + "&issuer=B";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u2460,\u2461",
                "\u2460;\u2461",
                "\u2460 \u2461",
                "\u2460\t\u2461",
                "\u2460, \u2461",
                "\u2460 ; \u2461",
                "\u2460\n\u2461",
                "\u2460\r\n\u2461",
                "\u2460\r\u2461",
                "\u2460,\n\u2461,\n",
                "\u2460|\u2461",
                "\u2460\u00a0\u2461",
                ";\u2460;;\u2461;",
                "\"\u2460\",\"\u2461\"",
                "'\u2460' '\u2461'",
                "<\u2460> <\u2461>",
                "(\u2460), (\u2461)",
                "- \u2460\n- \u2461",
                "1. \u2460\n2) \u2461",
                "`\u2460`\n`\u2461`",
                "\ufeff\u2460\n\u2461",
                "\u2460\u000b\u2461"
            })
    @Tag("S50")
    @DisplayName("a list is split at line ends, commas, semicolons, spaces and tabs, and nothing is lost")
    void lists(String pattern) throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of(pattern.replace("\u2460", FIRST).replace("\u2461", SECOND)), Fixtures.NO_PASSWORD);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read))
                .as(pattern)
                .isEqualTo(List.of(
                        OtpAuthReader.read(FIRST).account(),
                        OtpAuthReader.read(SECOND).account()));
    }

    @Test
    @DisplayName("a separator inside a name is part of the name")
    void names() throws UnreadableImportException {
        Import read = ImportReader.read(
                List.of("otpauth://totp/Bits, Bolts; Nuts:a (b)?secret=" + FIRST_SECRET + "&issuer=Bits, Bolts; Nuts, "
                        + SECOND),
                Fixtures.NO_PASSWORD);
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).containsExactly("a (b)", "b");
        assertThat(Fixtures.accepted(read).get(0).issuer()).hasValue("Bits, Bolts; Nuts");
    }

    @Test
    @DisplayName(
            "text before a URI is reported and not shown; if text after it looks like a secret, the account is refused")
    void otherText() throws UnreadableImportException {
        Import before = ImportReader.read(List.of(SECOND_SECRET + " " + FIRST), Fixtures.NO_PASSWORD);
        assertThat(before.items().get(0)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.NOT_AN_ACCOUNT);
            assertThat(refused.message()).isEqualTo("Line 1 has text before its first otpauth://, which was not read.");
        });
        assertThat(before.items().get(1)).isInstanceOf(Accepted.class);
        Import behind = ImportReader.read(List.of(FIRST + " " + SECOND_SECRET), Fixtures.NO_PASSWORD);
        assertThat(behind.items()).singleElement().isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.SECRET_IN_NAME);
            assertThat(refused.toString()).doesNotContain(SECOND_SECRET.substring(0, 8));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%2C", "=", "&x=", "/", ".", "%20"})
    @Tag("S50")
    @DisplayName("two URIs without a separator are refused together, so that no secret becomes part of a name")
    void glued(String glue) throws UnreadableImportException {
        Import read = ImportReader.read(List.of(FIRST + glue + SECOND), Fixtures.NO_PASSWORD);
        assertThat(read.items()).singleElement().isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.URI);
            assertThat(refused.toString()).doesNotContain(SECOND_SECRET.substring(0, 8), FIRST_SECRET.substring(0, 8));
        });
    }

    @Test
    @DisplayName("the time for a line with millions of separators is proportional to its length")
    void longLines() throws UnreadableImportException {
        String blanks = " ".repeat(1_000_000);
        Import read = ImportReader.read(List.of(blanks + FIRST + blanks + SECOND + blanks), Fixtures.NO_PASSWORD);
        assertThat(Fixtures.accepted(read)).hasSize(2);
    }
}
