package io.github.totpguard.core.qr;

import java.util.List;

/**
 * The result of a search for QR codes in a picture.
 *
 * @param texts of the QR codes that were read, without duplicates, in the order in which they were found
 * @param unread number of QR codes that were found but not read: blurred, damaged or partly covered
 */
public record QrFindings(List<String> texts, int unread) {
    public QrFindings {
        texts = List.copyOf(texts);
    }
}
