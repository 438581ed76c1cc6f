package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads one entry of a ZIP archive in memory, selected by name (PKWARE's APPNOTE 6.3, sections 4.3.7, 4.3.12 and
 * 4.3.16). Only that entry is unpacked, up to a limit. Names are compared, and never used as paths.
 *
 * <p>java.util.zip is not used, because its stream reader ignores the directory and then cannot read all entries that
 * are stored without compression. Its reader with the directory needs a file.
 */
final class ZipArchive {

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final ByteBuffer bytes;

    /** @param archive is neither copied nor changed */
    ZipArchive(byte[] archive) {
        this.bytes = ByteBuffer.wrap(archive).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether a file is an archive that contains an entry with this name. */
    static boolean holds(byte[] file, String name) {
        try {
            return file.length >= END_BYTES
                    && new ZipArchive(file).bytes.getInt(0) == LOCAL
                    && new ZipArchive(file).find(name).isPresent();
        } catch (UnreadableImportException e) {
            // The archive is so damaged that its app cannot be recognised.
            return false;
        }
    }

    /**
     * The content of the first entry with this name, in any folder of the archive.
     *
     * @param name the name after the last slash
     * @param maxBytes the maximum number of bytes that are unpacked
     * @throws UnreadableImportException if the entry is missing, encrypted, too large or damaged, or the archive is
     *     damaged
     */
    byte[] entry(String name, long maxBytes) throws UnreadableImportException {
        return unpacked(find(name).orElseThrow(() -> JsonExportFile.damaged("an entry is missing")), maxBytes);
    }

    private Optional<Integer> find(String name) throws UnreadableImportException {
        int end = end();
        int count = Short.toUnsignedInt(bytes.getShort(end + 10));
        int at = bytes.getInt(end + 16);
        for (int i = 0; i < count; i++) {
            if (at < 0 || at > end - CENTRAL_BYTES || bytes.getInt(at) != CENTRAL) {
                throw JsonExportFile.damaged("its list of entries is broken");
            }
            int nameLength = Short.toUnsignedInt(bytes.getShort(at + 28));
            int next = at
                    + CENTRAL_BYTES
                    + nameLength
                    + Short.toUnsignedInt(bytes.getShort(at + 30))
                    + Short.toUnsignedInt(bytes.getShort(at + 32));
            if (next > end) {
                throw JsonExportFile.damaged("its list of entries is broken");
            }
            String path = new String(slice(at + CENTRAL_BYTES, nameLength), StandardCharsets.UTF_8);
            if (path.substring(path.lastIndexOf('/') + 1).equals(name)) {
                return Optional.of(at);
            }
            at = next;
        }
        return Optional.empty();
    }

    private int end() throws UnreadableImportException {
        int last = bytes.limit() - END_BYTES;
        for (int at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
            if (bytes.getInt(at) == END) {
                return at;
            }
        }
        throw JsonExportFile.damaged("its list of entries is missing");
    }

    private byte[] unpacked(int central, long maxBytes) throws UnreadableImportException {
        if ((bytes.getShort(central + 8) & ENCRYPTED) != 0) {
            throw new UnreadableImportException(
                    Reason.UNSUPPORTED_ENCRYPTION,
                    "The ZIP archive is encrypted. Unpack it with your password first, and import the file that was"
                            + " in it.");
        }
        int method = Short.toUnsignedInt(bytes.getShort(central + 10));
        int checksum = bytes.getInt(central + 16);
        int length = bytes.getInt(central + 20);
        long size = Integer.toUnsignedLong(bytes.getInt(central + 24));
        int local = bytes.getInt(central + 42);
        if (local < 0 || local > bytes.limit() - LOCAL_BYTES || bytes.getInt(local) != LOCAL) {
            throw JsonExportFile.damaged("an entry is missing");
        }
        int data = local
                + LOCAL_BYTES
                + Short.toUnsignedInt(bytes.getShort(local + 26))
                + Short.toUnsignedInt(bytes.getShort(local + 28));
        // In an archive beyond 4 GiB (ZIP64), the sizes are stored elsewhere. Such an entry would be too large anyway.
        if (length < 0 || data > bytes.limit() - length) {
            throw JsonExportFile.damaged("an entry is cut off");
        }
        if (size > maxBytes) {
            throw new UnreadableImportException(
                    Reason.TOO_LARGE, "The file in the ZIP archive has more than " + maxBytes + " bytes.");
        }
        byte[] packed = slice(data, length);
        byte[] content =
                switch (method) {
                    case STORED -> packed;
                    case DEFLATED -> inflated(packed, (int) size);
                    default -> throw JsonExportFile.damaged("an entry is compressed in an unknown way");
                };
        CRC32 crc = new CRC32();
        crc.update(content);
        if (content.length != size || (int) crc.getValue() != checksum) {
            throw JsonExportFile.damaged("an entry does not fit its checksum");
        }
        return content;
    }

    /** Unpacks no more than the size in the directory, so that a small archive cannot expand to a large file. */
    private static byte[] inflated(byte[] packed, int size) throws UnreadableImportException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            // The size in the directory can be false, so the buffer grows with the data.
            byte[] content = new byte[Math.min(size, 1 << 16)];
            int length = 0;
            while (length < size) {
                if (length == content.length) {
                    content = Arrays.copyOf(content, (int) Math.min(size, 2L * length));
                }
                int read = inflater.inflate(content, length, content.length - length);
                if (read == 0) {
                    break;
                }
                length += read;
            }
            return Arrays.copyOf(content, length);
        } catch (DataFormatException e) {
            throw JsonExportFile.damaged("an entry cannot be decompressed");
        } finally {
            inflater.end();
        }
    }

    private byte[] slice(int from, int length) {
        byte[] part = new byte[length];
        bytes.get(from, part);
        return part;
    }
}
