package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {

    private static final byte[] TEXT = "hello, hello, hello".getBytes(StandardCharsets.UTF_8);

    @Test
    @DisplayName("the selected entry is unpacked, compressed or stored, in any folder; other entries are not read")
    void entries() throws UnreadableImportException {
        for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
            byte[] archive = archive(method, "a/other", "../../b/export.data");
            assertThat(ZipArchive.holds(archive, "export.data")).isTrue();
            assertThat(ZipArchive.holds(archive, "data")).isFalse();
            assertThat(new ZipArchive(archive).entry("export.data", TEXT.length))
                    .isEqualTo(TEXT);
        }
        assertThat(ZipArchive.holds(TEXT, "export.data")).isFalse();
        assertThat(ZipArchive.holds(new byte[0], "export.data")).isFalse();
    }

    @Test
    @DisplayName("an entry with more bytes than the limit is refused, also if the archive states a false size")
    void bombs() {
        byte[] archive = archive(ZipEntry.DEFLATED, "export.data");
        assertRefused(Reason.TOO_LARGE, archive, TEXT.length - 1);
        int size = central(archive) + 24;
        archive[size] = 5;
        assertRefused(Reason.DAMAGED, archive, TEXT.length);
        archive[size] = 100;
        assertRefused(Reason.DAMAGED, archive, 1000);
    }

    @Test
    @DisplayName("the message for an encrypted archive of Raivo says to unpack it first")
    void encrypted() {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> Fixtures.read("raivo.zip"))
                .withMessageContaining("Unpack it with your password first")
                .matches(e -> e.reason() == Reason.UNSUPPORTED_ENCRYPTION);
    }

    @Test
    @DisplayName("an archive of another program is reported as such")
    void unknown() {
        String archive = ImportReader.contentOf(archive(ZipEntry.DEFLATED, "picture.png"));
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> ImportReader.read(List.of(archive), Fixtures.NO_PASSWORD))
                .withMessageStartingWith("This is a ZIP archive")
                .matches(e -> e.reason() == Reason.UNKNOWN_FORMAT);
    }

    @Test
    @DisplayName("an archive that is truncated anywhere, or whose content was changed, is damaged")
    void damaged() {
        byte[] archive = archive(ZipEntry.STORED, "export.data");
        for (int length = 0; length < archive.length; length++) {
            assertRefused(Reason.DAMAGED, Arrays.copyOf(archive, length), TEXT.length);
        }
        byte[] changed = archive.clone();
        changed[30 + "export.data".length()] ^= 1;
        assertRefused(Reason.DAMAGED, changed, TEXT.length);
        byte[] method = archive.clone();
        method[central(archive) + 10] = 99;
        assertRefused(Reason.DAMAGED, method, TEXT.length);
    }

    @Property(tries = 3000)
    @Tag("S31")
    @Label("a good archive with some of its bytes replaced: its content, nothing, or a known refusal")
    void mutated(@ForAll int place, @ForAll byte value, @ForAll int otherPlace, @ForAll byte other) {
        byte[] archive = Fixtures.bytes("1password.1pux");
        archive[Math.floorMod(place, archive.length)] = value;
        archive[archive.length - 1 - Math.floorMod(otherPlace, 200)] = other;
        try {
            ZipArchive.holds(archive, "export.data");
            assertThat(new ZipArchive(archive).entry("export.data", 1 << 20)).hasSizeLessThanOrEqualTo(1 << 20);
        } catch (UnreadableImportException e) {
            assertThat(e).hasNoCause();
        }
    }

    private static void assertRefused(Reason reason, byte[] archive, long bound) {
        assertThatExceptionOfType(UnreadableImportException.class)
                .isThrownBy(() -> new ZipArchive(archive).entry("export.data", bound))
                .matches(e -> e.reason() == reason, reason.name())
                .withNoCause();
    }

    private static int central(byte[] archive) {
        for (int at = 0; ; at++) {
            if (archive[at] == 'P' && archive[at + 1] == 'K' && archive[at + 2] == 1) {
                return at;
            }
        }
    }

    private static byte[] archive(int method, String... names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(TEXT);
                    entry.setCrc(crc.getValue());
                    entry.setSize(TEXT.length);
                }
                zip.putNextEntry(entry);
                zip.write(TEXT);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
