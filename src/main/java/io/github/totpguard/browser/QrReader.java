package io.github.totpguard.browser;

import io.github.totpguard.core.qr.GreyPixels;
import io.github.totpguard.core.qr.QrFindings;
import io.github.totpguard.core.qr.QrSearch;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSExport;

/** The search for QR codes, for the vault's page: {@code qr-zxing.js} exports {@code readAll} and {@code glance}. */
public final class QrReader {

    private QrReader() {}

    /**
     * The texts of all QR codes of a picture, after the number of those that were seen, but not read.
     *
     * @param grey luminance of the pixels, row by row, 0 to 255 in a byte each
     */
    @JSExport
    public static String[] readAll(@JSByRef byte[] grey, int width, int height) {
        QrFindings findings = QrSearch.in(new GreyPixels(grey, width, height));
        List<String> answer = new ArrayList<>(List.of(String.valueOf(findings.unread())));
        answer.addAll(findings.texts());
        return answer.toArray(new String[0]);
    }

    /**
     * The text of a QR code of a camera's picture.
     *
     * @return null if there is no code, which JavaScript has no Optional for
     */
    @JSExport
    public static String glance(@JSByRef byte[] grey, int width, int height) {
        return QrSearch.glance(new GreyPixels(grey, width, height)).orElse(null);
    }

    /** The compiler starts here; there is nothing to be done when the module is loaded. */
    public static void main(String[] arguments) {
        // only exports
    }
}
