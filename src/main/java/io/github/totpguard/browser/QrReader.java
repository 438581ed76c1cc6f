package io.github.totpguard.browser;

import io.github.totpguard.core.qr.GreyPixels;
import io.github.totpguard.core.qr.QrFindings;
import io.github.totpguard.core.qr.QrSearch;
import java.util.ArrayList;
import java.util.List;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSExport;

/** Searches for QR codes on the vault's page: {@code qr-zxing.js} exports {@code readAll} and {@code glance}. */
public final class QrReader {

    private QrReader() {}

    /**
     * The number of QR codes that were found but not read, followed by the texts of all QR codes that were read.
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
     * The text of a QR code in a camera picture.
     *
     * @return null if there is no code, because JavaScript has no Optional
     */
    @JSExport
    public static String glance(@JSByRef byte[] grey, int width, int height) {
        return QrSearch.glance(new GreyPixels(grey, width, height)).orElse(null);
    }

    /** The compiler needs this entry point. Loading the module does nothing else. */
    public static void main(String[] arguments) {
        // The module only exports functions.
    }
}
