package io.github.totpguard.core.qr;

import com.google.zxing.common.BitMatrix;

/**
 * Checks whether modules that cannot be decoded are still a QR code: whether the fixed patterns of ISO/IEC 18004
 * section 6.3 are there.
 */
final class QrShape {
    private static final int FINDER = 7;
    private static final int TIMING = 6;
    private static final int WRONG_IN_FINDER = 5;

    private QrShape() {}

    static boolean isIn(BitMatrix modules) {
        int size = modules.getWidth();
        return isFinder(modules, 0, 0)
                && isFinder(modules, size - FINDER, 0)
                && isFinder(modules, 0, size - FINDER)
                && hasTiming(modules, size);
    }

    private static boolean isFinder(BitMatrix modules, int left, int top) {
        int wrong = 0;
        for (int y = 0; y < FINDER; y++) {
            for (int x = 0; x < FINDER; x++) {
                int ring = Math.max(Math.abs(x - FINDER / 2), Math.abs(y - FINDER / 2));
                wrong += modules.get(left + x, top + y) == (ring != 2) ? 0 : 1;
            }
        }
        return wrong <= WRONG_IN_FINDER;
    }

    /**
     * Whether three of four modules are right in the timing patterns, the lines of alternating dark and light modules.
     */
    private static boolean hasTiming(BitMatrix modules, int size) {
        int right = 0;
        int length = size - 2 * (FINDER + 1);
        for (int i = FINDER + 1; i < size - FINDER - 1; i++) {
            boolean dark = i % 2 == 0;
            right += modules.get(i, TIMING) == dark ? 1 : 0;
            right += modules.get(TIMING, i) == dark ? 1 : 0;
        }
        return right * 4 >= 2 * length * 3;
    }
}
