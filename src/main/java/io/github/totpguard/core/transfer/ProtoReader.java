package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one message in Protocol Buffers' wire format
 * (<a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>), one after the other. It never reads
 * beyond its bytes and never needs more memory than they do.
 */
final class ProtoReader {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int MAX_VARINT_BYTES = 10;

    private final byte[] bytes;
    private int position;
    private int field;
    private int wireType;
    private long number;
    private byte[] content;

    ProtoReader(byte[] bytes) {
        this.bytes = bytes.clone();
        this.content = new byte[0];
    }

    /**
     * Moves to the next field. The caller ignores fields with unknown numbers.
     *
     * @return false at the end
     * @throws RefusalException if the bytes are not a valid message
     */
    boolean next() throws RefusalException {
        if (position == bytes.length) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        number = 0;
        content = new byte[0];
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED_64 -> take(Long.BYTES);
            case FIXED_32 -> take(Integer.BYTES);
            case LENGTH_DELIMITED -> content = take(varint());
            default -> throw damaged();
        }
        return true;
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** Whether the value is a number and therefore not bytes. */
    boolean isNumber() {
        return wireType == VARINT;
    }

    /** The numeric value; 0 if the value is not a number. */
    long number() {
        return number;
    }

    /** The value as bytes; empty if it is a number. */
    byte[] content() {
        return content.clone();
    }

    /** The value as text. Invalid UTF-8 becomes U+FFFD. */
    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    private long varint() throws RefusalException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES && position < bytes.length; i++) {
            byte b = bytes[position++];
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        throw damaged();
    }

    private byte[] take(long length) throws RefusalException {
        if (length < 0 || length > bytes.length - position) {
            throw damaged();
        }
        int start = position;
        position += (int) length;
        return Arrays.copyOfRange(bytes, start, position);
    }

    private static RefusalException damaged() {
        return new RefusalException(Reason.DAMAGED, "The data of the QR code is cut off or changed.");
    }
}
