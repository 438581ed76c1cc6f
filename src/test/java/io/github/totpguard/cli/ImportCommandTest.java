package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.qr.QrCode;
import io.github.totpguard.core.transfer.Exports;
import io.github.totpguard.core.transfer.Format;
import io.github.totpguard.core.transfer.Import;
import io.github.totpguard.core.transfer.ImportItem;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String ALICE = "otpauth://totp/Example:alice?secret=" + SECRET + "&issuer=Example";
    private static final String BOB = "otpauth://hotp/bob?secret=JBSWY3DPEHPK3PXP&digits=8&counter=7";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a list of URIs: every account with what makes its codes, none with its secret")
    void list() throws IOException {
        Tool.Result result = run(file(ALICE + "\n" + BOB + "\notpauth://steam/Steam:carol?secret=" + SECRET + "\n"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "Format: otpauth_list",
                        "1. Example: alice (totp, SHA1, 6 digits, 30 s)",
                        "2. bob (hotp, SHA1, 8 digits, counter 7), weak secret",
                        "3. Steam: carol (steam)");
        assertThat(result.out()).doesNotContain("GEZD", "JBSW");
    }

    @Test
    @DisplayName("what cannot be taken says why; with nothing to take the exit code is 1")
    void refused() throws IOException {
        Tool.Result result = run(file(ALICE + "\notpauth://totp/x?secret=1\n"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(3).last().asString().startsWith("2. x refused: The secret");
        assertThat(run(file("otpauth://totp/x?secret=1\n")).exitCode()).isEqualTo(1);
        assertThat(run(file("hello")).exitCode()).isEqualTo(3);
        assertThat(run(folder.resolve("nothing.json")).exitCode()).isEqualTo(4);
    }

    @Test
    @DisplayName("S31 a file's words cannot move the cursor, nor turn the line around")
    void terminal() {
        ImportItem item = new ImportItem.Refused("a\u001b[2Jb\u202ec", ImportItem.Reason.NAME, "No name.");
        assertThat(ImportView.lines(new Import(Format.AEGIS, List.of(item), Optional.empty())))
                .containsExactly("Format: aegis", "1. a\ufffd[2Jb\ufffdc refused: No name.");
    }

    @Test
    @DisplayName("of an export in several QR codes it is told which are missing")
    void batch() {
        Import found = new Import(
                Format.OTPAUTH_MIGRATION, List.of(), Optional.of(new Import.Batch(3, List.of(2), List.of(1, 3))));
        assertThat(ImportView.lines(found))
                .containsExactly("Format: otpauth_migration", "QR codes: 1 of 3, missing: 1, 3");
        assertThat(ImportView.json(found)).endsWith("\"batch\":{\"parts\":3,\"present\":[2],\"missing\":[1,3]}}");
    }

    @Test
    @DisplayName("an encrypted file opens with its password from standard input, not without, not with another")
    void encrypted() throws Exception {
        String aegis = Exports.aegisEncrypted(
                List.of(OtpAuthUri.parse(ALICE)), "correct horse".toCharArray(), new SecureRandom());
        Path file = file(aegis);
        Tool.Result closed = run(file);
        assertThat(closed.exitCode()).isEqualTo(3);
        assertThat(closed.err()).contains("Add --password.");
        assertThat(new Tool()
                        .input("wrong")
                        .run("import", "--password", file.toString())
                        .exitCode())
                .isEqualTo(3);
        Tool.Result open = new Tool().input("correct horse\n").run("import", "--password", file.toString());
        assertThat(open.out().lines())
                .containsExactly("Format: aegis", "1. Example: alice (totp, SHA1, 6 digits, 30 s)");
        assertThat(new Tool()
                        .input("correct horse")
                        .run("import", "--password", "--uris", file.toString())
                        .out()
                        .strip())
                .isEqualTo(ALICE);
    }

    @Test
    @DisplayName("a picture of a QR code is a file like any other")
    void picture() throws IOException {
        Path picture = Files.write(folder.resolve("code.png"), QrCode.of(ALICE).toPng(6));
        assertThat(run(picture).out()).contains("1. Example: alice");
    }

    @Test
    @DisplayName("JSON with every account and every refusal, and no secret")
    void json() throws IOException {
        Path file = file(ALICE + "\notpauth://yandex/dave?secret=" + SECRET + "\n");
        Tool.Result result = new Tool().run("import", "--json", file.toString());
        assertThat(result.out())
                .startsWith("{\"format\":\"otpauth_list\",\"items\":[{\"accepted\":true,\"type\":\"totp\","
                        + "\"issuer\":\"Example\",\"account\":\"alice\",\"algorithm\":\"SHA1\",\"digits\":6,"
                        + "\"period\":30,\"counter\":null,\"notes\":[]},{\"accepted\":false,")
                .contains("\"reason\":\"type\"", "\"batch\":null}")
                .doesNotContain("GEZD");
        assertThat(new Tool().run("import", "--json", "--uris", file.toString()).exitCode())
                .isEqualTo(2);
        assertThat(new Tool().run("import").exitCode()).isEqualTo(2);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "export", ".txt"), content);
    }

    private static Tool.Result run(Path file) {
        return new Tool().run("import", file.toString());
    }
}
