package io.github.totpguard.core.qr;

import java.util.List;

/**
 * What a picture holds.
 *
 * @param texts of the QR codes that could be read, each once, the first one found first
 * @param unread number of QR codes that were seen, but not read: blurred, damaged or partly covered
 */
public record QrFindings(List<String> texts, int unread) {
    public QrFindings {
        texts = List.copyOf(texts);
    }
}
