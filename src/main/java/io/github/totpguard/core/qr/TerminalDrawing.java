package io.github.totpguard.core.qr;

/** Draws a QR code in half blocks, light on dark. */
final class TerminalDrawing {

    private final QrCode code;

    TerminalDrawing(QrCode code) {
        this.code = code;
    }

    String draw() {
        int first = -QrCode.QUIET_ZONE;
        int end = code.size() + QrCode.QUIET_ZONE;
        StringBuilder lines = new StringBuilder();
        for (int y = first; y < end; y += 2) {
            for (int x = first; x < end; x++) {
                // The number of rows is odd, so the lower half of the last line is background.
                lines.append(block(isLight(x, y), y + 1 < end && isLight(x, y + 1)));
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private boolean isLight(int x, int y) {
        boolean inside = x >= 0 && x < code.size() && y >= 0 && y < code.size();
        return !inside || !code.isDark(x, y);
    }

    private static char block(boolean upper, boolean lower) {
        if (upper) {
            return lower ? '\u2588' : '\u2580';
        }
        return lower ? '\u2584' : ' ';
    }
}
