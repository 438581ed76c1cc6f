package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code java.util.HashMap} of strings in Java's serialised form (<a
 * href="https://docs.oracle.com/en/java/javase/17/docs/specs/serialization/protocol.html">Java Object Serialization
 * Specification, chapter 6</a>). This class reads only this structure. Unlike ObjectInputStream, it never creates
 * objects of classes that the stream names.
 */
final class SerializedMap {

    private static final int MAGIC_AND_VERSION = 0xaced0005;
    private static final int OBJECT = 0x73;
    private static final int CLASS_DESCRIPTION = 0x72;
    private static final int END_OF_BLOCK_DATA = 0x78;
    private static final int NO_SUPERCLASS = 0x70;
    private static final int BLOCK_DATA = 0x77;
    private static final int STRING = 0x74;
    private static final int REFERENCE = 0x71;
    private static final int WRITE_METHOD_SERIALIZABLE = 3;
    private static final long HASH_MAP_VERSION = 362498820763181265L;
    private static final int CAPACITY_AND_SIZE_BYTES = 8;
    // The class description and the map itself have the first two handles.
    private static final int FIRST_STRING_HANDLE = 0x7e0002;

    private final DataInputStream stream;
    private final List<String> strings = new ArrayList<>();

    private SerializedMap(byte[] file) {
        this.stream = new DataInputStream(new ByteArrayInputStream(file));
    }

    static boolean recognises(byte[] file) {
        return file.length > Integer.BYTES && ByteBuffer.wrap(file).getInt() == MAGIC_AND_VERSION;
    }

    /**
     * @param most the maximum number of entries
     * @throws UnreadableImportException if it is not such a map, or has more entries
     */
    static Map<String, String> read(byte[] file, int most) throws UnreadableImportException {
        try {
            return new SerializedMap(file).map(most);
        } catch (IOException e) {
            throw notTheShape();
        }
    }

    private Map<String, String> map(int most) throws IOException, UnreadableImportException {
        require(stream.readInt() == MAGIC_AND_VERSION);
        expect(OBJECT);
        expect(CLASS_DESCRIPTION);
        require(stream.readUTF().equals("java.util.HashMap"));
        require(stream.readLong() == HASH_MAP_VERSION);
        expect(WRITE_METHOD_SERIALIZABLE);
        require(stream.readUnsignedShort() == 2);
        field('F', "loadFactor");
        field('I', "threshold");
        expect(END_OF_BLOCK_DATA);
        expect(NO_SUPERCLASS);
        stream.readFloat();
        stream.readInt();
        expect(BLOCK_DATA);
        expect(CAPACITY_AND_SIZE_BYTES);
        stream.readInt();
        int size = stream.readInt();
        require(size >= 0);
        if (size > most) {
            throw new UnreadableImportException(
                    Reason.TOO_MANY_ITEMS, "There are more than " + Import.MAX_ITEMS + " accounts.");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            require(map.put(string(), string()) == null);
        }
        expect(END_OF_BLOCK_DATA);
        return map;
    }

    private void field(char type, String name) throws IOException, UnreadableImportException {
        expect(type);
        require(stream.readUTF().equals(name));
    }

    private String string() throws IOException, UnreadableImportException {
        int kind = stream.readUnsignedByte();
        if (kind == REFERENCE) {
            int place = stream.readInt() - FIRST_STRING_HANDLE;
            require(place >= 0 && place < strings.size());
            return strings.get(place);
        }
        require(kind == STRING);
        strings.add(stream.readUTF());
        return strings.get(strings.size() - 1);
    }

    private void expect(int value) throws IOException, UnreadableImportException {
        require(stream.readUnsignedByte() == value);
    }

    private static void require(boolean condition) throws UnreadableImportException {
        if (!condition) {
            throw notTheShape();
        }
    }

    private static UnreadableImportException notTheShape() {
        return JsonExportFile.damaged("it is no serialised map of strings");
    }
}
