package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.qr.QrCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrCommandTest {

    private static final String URI = "otpauth://totp/Example:alice?secret=JBSWY3DPEHPK3PXP&issuer=Example";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("the blocks on the terminal are the QR code of the URI")
    void terminal() {
        Tool.Result result = new Tool().input(URI).run("qr");
        assertThat(result).isEqualTo(new Tool.Result(0, QrCode.of(URI).toTerminal(), ""));
        assertThat(new Tool().input("JBSWY3DPEHPK3PXP").run("qr", "--issuer=Example", "--account=alice"))
                .isEqualTo(result);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 40})
    @DisplayName("a PNG file can be read back")
    void png(int pixels) {
        Path file = folder.resolve("code.PNG");
        Tool.Result result = new Tool().input(URI).run("qr", "-o", file.toString(), "--pixels=" + pixels, "--json");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("\"modules\":" + QrCode.of(URI).size());
        assertThat(new Tool().run("uri", "--image", file.toString()).out().strip())
                .isEqualTo(URI);
    }

    @Test
    @DisplayName("an SVG file has the names as its title, and the secret only in the picture")
    void svg() throws IOException {
        Path file = folder.resolve("code.svg");
        assertThat(new Tool().input(URI).run("qr", "--output", file.toString()).out())
                .isEmpty();
        assertThat(file)
                .content()
                .startsWith("<svg ")
                .contains("Example: alice")
                .doesNotContain("JBSW");
    }

    @Test
    @DisplayName("only its owner can read the file, and an existing file is kept unless --force is given")
    void ownersOnly() throws IOException {
        Path file = folder.resolve("code.png");
        Files.writeString(file, "mine");
        Tool.Result refused = new Tool().input(URI).run("qr", "-o", file.toString());
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.err()).contains("already exists");
        assertThat(file).content().isEqualTo("mine");

        assertThat(new Tool()
                        .input(URI)
                        .run("qr", "-o", file.toString(), "--force")
                        .exitCode())
                .isZero();
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @DisplayName("another type of file, a missing folder, pixels out of range and a missing account are refused")
    void refused() {
        assertThat(new Tool().input(URI).run("qr", "-o", "code.jpg").exitCode()).isEqualTo(2);
        assertThat(new Tool().input(URI).run("qr", "--json").exitCode()).isEqualTo(2);
        assertThat(new Tool().input(URI).run("qr", "--pixels=41").exitCode()).isEqualTo(2);
        assertThat(new Tool().input("JBSWY3DPEHPK3PXP").run("qr").exitCode()).isEqualTo(2);
        Path nowhere = folder.resolve("no/code.png");
        assertThat(new Tool().input(URI).run("qr", "-o", nowhere.toString()).exitCode())
                .isEqualTo(4);
    }

    @Test
    @DisplayName("a URI that is too long for a QR code is reported")
    void tooLong() {
        String uri = "otpauth://totp/" + "%C3%A4".repeat(150) + ":" + "%C3%A4".repeat(150) + "?secret=JBSWY3DPEHPK3PXP";
        Tool.Result result = new Tool().input(uri).run("qr");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("too long").doesNotContain("JBSW");
    }
}
