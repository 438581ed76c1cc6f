package io.github.totpguard.cli;

import io.github.totpguard.core.qr.QrFindings;
import io.github.totpguard.core.qr.QrSearch;
import java.nio.file.Path;
import java.util.List;

/** Reads the texts of the QR codes in a picture: a screenshot or a photograph, light on dark or dark on light. */
final class QrPicture {

    private static final String SCHEME = "otpauth";

    private QrPicture() {}

    /**
     * The text of the relevant code: the only code, or the only one that contains a key.
     *
     * @throws ToolFailure if the file is not a picture, is too large, has no readable QR code, or has several relevant
     *     ones
     */
    static String textIn(Path file) {
        QrFindings found = allIn(file);
        List<String> keys = found.texts().stream().filter(QrPicture::isKey).toList();
        List<String> candidates = keys.isEmpty() ? found.texts() : keys;
        int seen = candidates.size() + found.unread();
        if (seen > 1) {
            throw ToolFailure.unreadable("There are " + seen + " QR codes in " + file
                    + ", and only one can be used. Cut it out, or see all of them with 'import'.");
        }
        return candidates.get(0);
    }

    /** @throws ToolFailure if the file is not a picture, is too large, or has no readable QR code */
    static QrFindings allIn(Path file) {
        QrFindings found = QrSearch.in(GrayscaleImage.read(file));
        if (found.texts().isEmpty()) {
            throw ToolFailure.unreadable("No QR code was found in " + file
                    + ". Take a sharper picture, straight on, that shows the whole code.");
        }
        return found;
    }

    private static boolean isKey(String text) {
        return text.strip().regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }
}
