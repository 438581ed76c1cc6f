package io.github.totpguard.core.transfer.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * The single message of a stream of libsodium's {@code crypto_secretstream_xchacha20poly1305}, without associated data
 * (<a href="https://doc.libsodium.org/secret-key_cryptography/secretstream">Encrypted streams</a>). It uses XChaCha20
 * and Poly1305, but not their standard AEAD: the first block of the ciphertext stands for a tag, of which one byte is
 * sent.
 */
public final class SecretStream {

    static final int HEADER_BYTES = 24;

    private static final int SUBKEY_NONCE_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int BLOCK_BYTES = 64;
    private static final int MAC_BYTES = 16;
    private static final int MAC_KEY_BYTES = 32;
    // Push and rekey combined: this is the last message, so nothing was cut off.
    private static final byte FINAL = 3;

    private SecretStream() {}

    /**
     * @param key 256 bits
     * @param header the header of the stream, 192 bits
     * @param message tag, ciphertext and MAC
     * @return the plaintext; empty if the key is wrong or anything was changed
     * @throws ImpossibleParametersException if the header or the message has an impossible length, or the message is
     *     not the last of the stream
     * @throws CryptoUnavailableException if ChaCha20 is not available
     */
    public static Optional<byte[]> open(byte[] key, byte[] header, byte[] message)
            throws ImpossibleParametersException {
        if (header.length != HEADER_BYTES || message.length < 1 + MAC_BYTES) {
            throw new ImpossibleParametersException("its encrypted part is too short");
        }
        byte[] opened = new byte[message.length - MAC_BYTES];
        try {
            if (!decrypt(key, header, message, opened)) {
                return Optional.empty();
            }
        } catch (LinkageError e) {
            throw new CryptoUnavailableException("ChaCha20", e);
        }
        if (opened[0] != FINAL) {
            throw new ImpossibleParametersException("its end is missing");
        }
        return Optional.of(Arrays.copyOfRange(opened, 1, opened.length));
    }

    /** @param opened receives the tag and the plaintext */
    private static boolean decrypt(byte[] key, byte[] header, byte[] message, byte[] opened) {
        ChaCha7539Engine stream = new ChaCha7539Engine();
        byte[] subkey = HChaCha20.subkey(key, header);
        stream.init(false, new ParametersWithIV(new KeyParameter(subkey), nonce(header)));
        byte[] macKey = new byte[BLOCK_BYTES];
        stream.processBytes(macKey, 0, BLOCK_BYTES, macKey, 0);
        byte[] tagBlock = new byte[BLOCK_BYTES];
        tagBlock[0] = message[0];
        stream.processBytes(tagBlock, 0, BLOCK_BYTES, tagBlock, 0);
        int length = opened.length - 1;
        stream.processBytes(message, 1, length, opened, 1);
        opened[0] = tagBlock[0];
        tagBlock[0] = message[0];
        byte[] sent = Arrays.copyOfRange(message, opened.length, message.length);
        return MessageDigest.isEqual(mac(macKey, tagBlock, message, length), sent);
    }

    /** The message counter, which begins at 1, and the rest of the header. */
    private static byte[] nonce(byte[] header) {
        byte[] nonce = new byte[NONCE_BYTES];
        nonce[0] = 1;
        System.arraycopy(header, SUBKEY_NONCE_BYTES, nonce, NONCE_BYTES - Long.BYTES, Long.BYTES);
        return nonce;
    }

    private static byte[] mac(byte[] key, byte[] tagBlock, byte[] message, int length) {
        Poly1305 poly = new Poly1305();
        poly.init(new KeyParameter(key, 0, MAC_KEY_BYTES));
        poly.update(tagBlock, 0, BLOCK_BYTES);
        poly.update(message, 1, length);
        // libsodium derives the padding from the length and does not pad to a multiple of 16. The format can no longer
        // change.
        int padding = length % MAC_BYTES;
        poly.update(new byte[MAC_BYTES], 0, padding);
        ByteBuffer lengths = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(BLOCK_BYTES + length);
        poly.update(lengths.array(), 0, lengths.capacity());
        byte[] mac = new byte[MAC_BYTES];
        poly.doFinal(mac, 0);
        return mac;
    }
}
