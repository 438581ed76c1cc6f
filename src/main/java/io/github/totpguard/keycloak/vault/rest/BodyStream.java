package io.github.totpguard.keycloak.vault.rest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A request's body, limited in bytes and in time. The worker thread reads it from the network as it arrives. Keycloak
 * limits the time of each single read (10 seconds), but not the total time.
 */
final class BodyStream extends InputStream {
    /** The maximum time for the whole body. 16 MiB in this time are 4.5 Mbit/s. */
    static final Duration MAX_TIME = Duration.ofSeconds(30);

    /** Never closed, because closing it would read the rest of the body. */
    private final InputStream in;

    private final int maxBytes;
    private final LongSupplier nanos;
    private final long begin;
    private int read;

    /** @param nanos a monotonic clock with any origin */
    BodyStream(InputStream in, int maxBytes, LongSupplier nanos) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count < 0) {
            return count;
        }
        read += count;
        if (read > maxBytes) {
            throw new TooLongException();
        }
        if (nanos.getAsLong() - begin > MAX_TIME.toNanos()) {
            throw new TooSlowException();
        }
        return count;
    }

    /** The body has more bytes than allowed. */
    static final class TooLongException extends IOException {}

    /** The body was not complete in time. */
    static final class TooSlowException extends IOException {}
}
