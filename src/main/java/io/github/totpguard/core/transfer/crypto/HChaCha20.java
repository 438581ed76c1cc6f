package io.github.totpguard.core.transfer.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** HChaCha20 (draft-irtf-cfrg-xchacha-03 section 2.2): derives a subkey from a key and 128 bits of nonce. */
final class HChaCha20 {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 16;
    private static final int DOUBLE_ROUNDS = 10;
    // "expand 32-byte k"
    private static final int[] CONSTANT = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private HChaCha20() {}

    /**
     * @param key 256 bits
     * @param nonce the first 128 bits are used
     */
    static byte[] subkey(byte[] key, byte[] nonce) {
        int[] state = new int[16];
        System.arraycopy(CONSTANT, 0, state, 0, CONSTANT.length);
        ByteBuffer.wrap(key, 0, KEY_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(state, 4, 8);
        ByteBuffer.wrap(nonce, 0, NONCE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(state, 12, 4);
        for (int i = 0; i < DOUBLE_ROUNDS; i++) {
            doubleRound(state);
        }
        ByteBuffer subkey = ByteBuffer.allocate(KEY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        subkey.asIntBuffer().put(state, 0, 4).put(state, 12, 4);
        return subkey.array();
    }

    private static void doubleRound(int[] state) {
        for (int i = 0; i < 4; i++) {
            quarterRound(state, i, 4 + i, 8 + i, 12 + i);
        }
        for (int i = 0; i < 4; i++) {
            quarterRound(state, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
        }
    }

    private static void quarterRound(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }
}
