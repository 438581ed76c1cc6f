package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.qr.QrCode;
import io.github.totpguard.core.transfer.Exports;
import io.github.totpguard.core.transfer.Format;
import io.github.totpguard.core.transfer.Import;
import io.github.totpguard.core.transfer.ImportItem;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    private static final String ALICE = "otpauth://totp/Example:alice?secret=" + SECRET + "&issuer=Example";
    private static final String BOB = "otpauth://hotp/bob?secret=JBSWY3DPEHPK3PXP&digits=8&counter=7";

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "for a list of URIs, every account is shown with the parameters of its codes, and none with its secret")
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
    @DisplayName(
            "accounts that cannot be imported are shown with the reason; if there are no others, the exit code is 1")
    void refused() throws IOException {
        Tool.Result result = run(file(ALICE + "\notpauth://totp/x?secret=1\n"));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).hasSize(3).last().asString().startsWith("2. x refused: The secret");
        assertThat(run(file("otpauth://totp/x?secret=1\n")).exitCode()).isEqualTo(1);
        assertThat(run(file("hello")).exitCode()).isEqualTo(3);
        assertThat(run(folder.resolve("nothing.json")).exitCode()).isEqualTo(4);
    }

    @Test
    @Tag("S31")
    @DisplayName("text of a file cannot move the cursor or change the direction of the line")
    void terminal() {
        ImportItem item = new ImportItem.Refused("a\u001b[2Jb\u202ec", ImportItem.Reason.NAME, "No name.");
        assertThat(ImportView.lines(new Import(Format.AEGIS, List.of(item), Optional.empty())))
                .containsExactly("Format: aegis", "1. a\ufffd[2Jb\ufffdc refused: No name.");
    }

    @Test
    @DisplayName("for an export in several QR codes, the missing ones are reported")
    void batch() {
        Import found = new Import(
                Format.OTPAUTH_MIGRATION, List.of(), Optional.of(new Import.Batch(3, List.of(2), List.of(1, 3))));
        assertThat(ImportView.lines(found))
                .containsExactly("Format: otpauth_migration", "QR codes: 1 of 3, missing: 1, 3");
        assertThat(ImportView.json(found)).endsWith("\"batch\":{\"parts\":3,\"present\":[2],\"missing\":[1,3]}}");
    }

    @Test
    @DisplayName("an encrypted file needs its password on standard input, and refuses another one")
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
    @DisplayName("a picture of a QR code is imported like any other file")
    void picture() throws IOException {
        Path picture = Files.write(folder.resolve("code.png"), QrCode.of(ALICE).toPng(6));
        assertThat(run(picture).out()).contains("1. Example: alice");
    }

    @Test
    @Tag("S56")
    @DisplayName("all QR codes of a picture are read, and one that cannot be read is reported")
    void picturesOfSeveral() throws IOException {
        Path two = picture(QrCode.of(ALICE), QrCode.of(BOB));
        Tool.Result both = run(two);
        assertThat(both.out().lines().map(line -> line.replaceAll("^\\d+\\. ", "")))
                .contains("Example: alice (totp, SHA1, 6 digits, 30 s)")
                .anyMatch(line -> line.startsWith("bob (hotp"));
        assertThat(both.err()).isEmpty();

        BufferedImage covered = ImageIO.read(two.toFile());
        Graphics2D pen = covered.createGraphics();
        pen.setColor(Color.GRAY);
        pen.fillRect(covered.getWidth() / 2 + 100, 100, 110, 80);
        pen.dispose();
        ImageIO.write(covered, "png", two.toFile());
        Tool.Result one = run(two);
        assertThat(one.exitCode()).isZero();
        assertThat(one.out()).contains("alice").doesNotContain("bob");
        assertThat(one.err()).contains("one more QR code that couldn't be read").doesNotContain("GEZD");
    }

    private Path picture(QrCode left, QrCode right) throws IOException {
        BufferedImage first = ImageIO.read(new ByteArrayInputStream(left.toPng(7)));
        BufferedImage second = ImageIO.read(new ByteArrayInputStream(right.toPng(7)));
        int side = Math.max(first.getWidth(), second.getWidth());
        BufferedImage both = new BufferedImage(2 * side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = both.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 2 * side, side);
        pen.drawImage(first, 0, 0, null);
        pen.drawImage(second, side, 0, null);
        pen.dispose();
        Path file = folder.resolve("codes.png");
        ImageIO.write(both, "png", file.toFile());
        return file;
    }

    @Test
    @DisplayName("JSON contains every account and every refusal, but no secret")
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
