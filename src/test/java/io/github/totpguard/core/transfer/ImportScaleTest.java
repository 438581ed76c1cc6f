package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.transfer.crypto.AesGcm;
import io.github.totpguard.core.transfer.crypto.Scrypt;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The largest export that is read: a thousand accounts with an icon of 40 kB each. */
class ImportScaleTest {

    private static final String ICON = "QUJD".repeat(10_000);
    private static final byte[] KEY = new byte[32];
    private static final byte[] NONCE = new byte[AesGcm.NONCE_BYTES];

    @Test
    @Tag("S55")
    @DisplayName("a thousand accounts with icons, 40 MB, are read, and nothing of the icons is kept")
    void plain() throws UnreadableImportException {
        String file = "{\"version\":1,\"header\":{\"slots\":null,\"params\":null},\"db\":" + content() + "}";
        assertThat(file.length()).isGreaterThan(40_000_000);

        assertThat(measured("plain", file)).hasSize(Import.MAX_ITEMS);
        long[] kept = kept(JsonFile.parse(file));
        assertThat(kept[0]).as("nodes").isLessThan(15_000);
        assertThat(kept[1]).as("characters").isLessThan(400_000);
    }

    @Test
    @Tag("S55")
    @DisplayName("the same accounts are read from an encrypted export")
    void encrypted() throws Exception {
        assertThat(measured("encrypted", encryptedFile())).hasSize(Import.MAX_ITEMS);
    }

    @Test
    @Tag("S55")
    @DisplayName("a server refuses that file because of its characters, and reads it without its icons")
    void server() throws UnreadableImportException {
        String file = "{\"version\":1,\"header\":{\"slots\":null,\"params\":null},\"db\":" + content() + "}";
        ImportReaderTest.assertUnreadable(UnreadableImportException.Reason.TOO_LARGE, file, Optional.empty());
        assertThat(ImportReader.read(List.of(file.replace(ICON, "")), Optional.empty())
                        .items())
                .hasSize(Import.MAX_ITEMS);
    }

    private static List<ImportItem> measured(String what, String file) throws UnreadableImportException {
        long before = usedHeap();
        long started = System.nanoTime();
        Import read = ImportReader.read(List.of(file), Fixtures.password(), ImportBound.LARGE);
        Duration time = Duration.ofNanos(System.nanoTime() - started);
        System.out.printf(
                "%s: %d accounts of %d MB in %d ms, heap %d MB before, %d MB after%n",
                what,
                read.items().size(),
                file.length() / 1_000_000,
                time.toMillis(),
                before / 1_000_000,
                usedHeap() / 1_000_000);
        return read.items();
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String content() {
        StringBuilder content = new StringBuilder("{\"version\":3,\"entries\":[");
        for (int i = 0; i < Import.MAX_ITEMS; i++) {
            content.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"totp\",\"uuid\":\"u\",\"name\":\"ada")
                    .append(i)
                    .append("\",\"issuer\":\"Shop\",\"icon\":\"")
                    .append(ICON)
                    .append("\",\"icon_mime\":\"image/png\",\"info\":{\"secret\":\"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\","
                            + "\"algo\":\"SHA1\",\"digits\":6,\"period\":30}}");
        }
        return content.append("]}").toString();
    }

    private static String encryptedFile() throws Exception {
        byte[] passwordKey = Scrypt.known(1 << 15, 8, 1, new byte[32]).derive("test".toCharArray());
        byte[] master = AesGcm.seal(passwordKey, NONCE, KEY);
        byte[] db = AesGcm.seal(KEY, NONCE, content().getBytes(StandardCharsets.UTF_8));
        HexFormat hex = HexFormat.of();
        return "{\"version\":1,\"header\":{\"slots\":[{\"type\":1,\"uuid\":\"u\",\"key\":\""
                + hex.formatHex(master, 0, KEY.length) + "\",\"key_params\":" + params(master) + ",\"n\":32768,\"r\":8,"
                + "\"p\":1,\"salt\":\"" + hex.formatHex(new byte[32]) + "\",\"repaired\":true}],\"params\":"
                + params(db)
                + "},\"db\":\""
                + Base64.getEncoder().encodeToString(Arrays.copyOf(db, db.length - AesGcm.TAG_BYTES)) + "\"}";
    }

    private static String params(byte[] sealed) {
        HexFormat hex = HexFormat.of();
        return "{\"nonce\":\"" + hex.formatHex(NONCE) + "\",\"tag\":\""
                + hex.formatHex(sealed, sealed.length - AesGcm.TAG_BYTES, sealed.length) + "\"}";
    }

    /** The number of nodes, and of characters in names and texts. */
    private static long[] kept(JsonNode node) {
        long[] sum = {1, node.isTextual() ? node.textValue().length() : 0};
        node.fieldNames().forEachRemaining(name -> sum[1] += name.length());
        for (JsonNode child : node) {
            long[] inside = kept(child);
            sum[0] += inside[0];
            sum[1] += inside[1];
        }
        return sum;
    }
}
