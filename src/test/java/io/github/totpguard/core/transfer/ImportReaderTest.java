package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportReaderTest {

    private static final int MAX_CHARACTERS = (int) ImportBound.SERVER.characters();
    private static final String LINE = "otpauth://totp/a?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @ParameterizedTest
    @CsvSource({
        "otpauth-list.txt, OTPAUTH_LIST",
        "ente-plain.txt, OTPAUTH_LIST",
        "aegis-plain.json, AEGIS",
        "aegis-encrypted.json, AEGIS",
        "2fas-plain.2fas, TWOFAS",
        "2fas-encrypted.2fas, TWOFAS",
        "ente-encrypted.json, ENTE",
        "stratum.json, STRATUM",
        "stratum-encrypted.stratum, STRATUM",
        "stratum-legacy.authpro, STRATUM",
        "andotp.json, ANDOTP",
        "andotp.json.aes, ANDOTP",
        "andotp-old.json.aes, ANDOTP"
    })
    @DisplayName("files of all formats give the same seven accounts")
    void formats(String file, Format format) throws UnreadableImportException {
        Import read = Fixtures.read(file);
        assertThat(read.format()).isEqualTo(format);
        assertThat(Fixtures.accepted(read)).isEqualTo(Fixtures.ACCOUNTS);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(read.batch()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aegis-encrypted.json",
                "2fas-encrypted.2fas",
                "ente-encrypted.json",
                "stratum-encrypted.stratum",
                "stratum-legacy.authpro",
                "andotp.json.aes",
                "freeotp2-externalBackup.xml"
            })
    @DisplayName("an encrypted file asks for a password if there is none, and reports a wrong one")
    void passwords(String file) {
        String text = ImportReader.contentOf(Fixtures.bytes(file));
        assertUnreadable(Reason.PASSWORD_NEEDED, text, Optional.empty());
        assertUnreadable(Reason.PASSWORD_WRONG, text, Optional.of("Test".toCharArray()));
        assertUnreadable(Reason.PASSWORD_WRONG, text, Optional.of(new char[0]));
        assertUnreadable(Reason.PASSWORD_WRONG, text, Optional.of("\ud83d".toCharArray()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " \n\t", "\uFEFF", "JBSWY3DPEHPK3PXP", "a,b\n1,2", "{}", "[]", "{\"a\":1}", "# otpauth://x"})
    @DisplayName("files of unknown format are refused")
    void unknown(String text) {
        assertUnreadable(Reason.UNKNOWN_FORMAT, text, Optional.empty());
    }

    @Test
    @DisplayName("empty contents are refused as unknown format")
    void nothing() {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> ImportReader.read(List.of(), Optional.empty()))
                .matches(e -> e.reason() == Reason.UNKNOWN_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"header\":{},\"db\":{}} x",
                "{\"services\":[],\"services\":[],\"schemaVersion\":4}",
                "{\"services\":[],\"schemaVersion\":4",
                "{\"services\":[{\"secret\":JBSWY3DPEHPK3PXP}],\"schemaVersion\":4}",
                "{\"items\":{},\"encrypted\":false}",
                "{\"version\":1,\"header\":{},\"db\":{\"version\":1}}",
                "{\"version\":1,\"header\":{},\"db\":{\"version\":1,\"entries\":\"x\"}}",
                "{\"services\":[],\"schemaVersion\":1234567890123456789012345678901234567890}"
            })
    @DisplayName("JSON that is truncated, has a name twice, or lacks the list is refused")
    void damaged(String text) {
        assertUnreadable(Reason.DAMAGED, text, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":2,\"header\":{},\"db\":{\"version\":1,\"entries\":[]}}",
                "{\"version\":1,\"header\":{},\"db\":{\"version\":4,\"entries\":[]}}",
                "{\"services\":[],\"schemaVersion\":5}",
                "{\"services\":[]}",
                "{\"version\":2,\"kdfParams\":{},\"encryptedData\":\"\"}"
            })
    @DisplayName("a newer version than the known ones is refused")
    void versions(String text) {
        assertUnreadable(Reason.UNSUPPORTED_VERSION, text, Optional.of(new char[] {'x'}));
    }

    @Test
    @DisplayName("the size is limited, in characters of all contents together")
    void size() throws UnreadableImportException {
        String half = LINE + "\n" + "#".repeat(MAX_CHARACTERS / 2 - LINE.length() - 1);
        assertThat(ImportReader.read(List.of(half, half), Optional.empty()).items())
                .hasSize(2);
        assertUnreadable(Reason.TOO_LARGE, List.of(half, half, "#"), Optional.empty());
    }

    @Test
    @DisplayName("a thousand accounts are read, and one more is refused, in every format")
    void items() throws UnreadableImportException {
        String thousand = (LINE + "\n").repeat(Import.MAX_ITEMS);
        assertThat(ImportReader.read(List.of(thousand), Optional.empty()).items())
                .hasSize(Import.MAX_ITEMS);
        assertUnreadable(Reason.TOO_MANY_ITEMS, thousand + LINE, Optional.empty());
        assertUnreadable(Reason.TOO_MANY_ITEMS, "otpauth://\n" + "x\n".repeat(Import.MAX_ITEMS), Optional.empty());
        String numbers = String.join(",", Collections.nCopies(Import.MAX_ITEMS + 1, "1"));
        assertUnreadable(
                Reason.TOO_MANY_ITEMS, "{\"services\":[" + numbers + "],\"schemaVersion\":4}", Optional.empty());
        String totp = "{\"login\":{\"totp\":\"JBSWY3DP\"}}";
        String none = "{\"login\":{\"totp\":null}}";
        String many = String.join(",", Collections.nCopies(Import.MAX_ITEMS, totp));
        assertThat(ImportReader.read(List.of("{\"items\":[" + none + "," + none + "," + many + "]}"), Optional.empty())
                        .items())
                .hasSize(Import.MAX_ITEMS);
        assertUnreadable(Reason.TOO_MANY_ITEMS, "{\"items\":[" + totp + "," + many + "]}", Optional.empty());
    }

    @Test
    @DisplayName("nesting is limited, and so is the number of brackets")
    void depth() throws UnreadableImportException {
        int inside = ImportReader.MAX_DEPTH - 1;
        String deepest = "{\"items\":[],\"x\":" + "[".repeat(inside) + "]".repeat(inside) + "}";
        assertThat(ImportReader.read(List.of(deepest), Optional.empty()).items())
                .isEmpty();
        assertUnreadable(
                Reason.TOO_DEEP,
                "{\"items\":[],\"x\":[" + "[".repeat(inside) + "]".repeat(inside) + "]}",
                Optional.empty());
        assertUnreadable(Reason.TOO_DEEP, "[".repeat(MAX_CHARACTERS), Optional.empty());
        assertUnreadable(Reason.TOO_LARGE, "{\"items\":[" + "{},".repeat(1_000_000) + "{}]}", Optional.empty());
        // Eight parts, and enough numbers for 400,000 parts in total.
        String most = "{\"items\":[],\"x\":[1" + ",1".repeat(400_000 - 8 - 1);
        assertThat(ImportReader.read(List.of(most + "]}"), Optional.empty()).items())
                .isEmpty();
        assertUnreadable(Reason.TOO_LARGE, most + ",1]}", Optional.empty());
    }

    @Test
    @DisplayName("several QR codes are read together, but files one by one")
    void several() throws UnreadableImportException {
        assertThat(ImportReader.read(List.of(LINE, " ", LINE), Optional.empty()).items())
                .hasSize(2);
        String json = Fixtures.text("aegis-plain.json");
        assertUnreadable(Reason.SEVERAL_FILES, List.of(json, json), Optional.empty());
        assertUnreadable(Reason.SEVERAL_FILES, List.of(LINE, json), Optional.empty());
        assertThat(ImportReader.read(List.of("\n", "\uFEFF " + json), Optional.empty())
                        .items())
                .hasSize(Fixtures.ACCOUNTS.size());
    }

    @Test
    @DisplayName("a line that is not an account is reported by its number, which continues over several QR codes")
    void lineNumbers() throws UnreadableImportException {
        Import read = ImportReader.read(List.of(LINE + "\n\nx", "# note\ny"), Optional.empty());
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::message)
                .containsExactly("Line 3 does not begin with otpauth://.", "Line 5 does not begin with otpauth://.");
    }

    static void assertUnreadable(Reason reason, String text, Optional<char[]> password) {
        assertUnreadable(reason, List.of(text), password);
    }

    static void assertUnreadable(Reason reason, List<String> texts, Optional<char[]> password) {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> ImportReader.read(texts, password))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).endsWith(".").doesNotContain("JBSWY3D"))
                .withNoCause();
    }
}
