package io.github.totpguard.harness;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A mail as it arrived.
 *
 * @param text the plain-text part, with line ends as {@code \n}
 * @param raw the whole message as it was sent
 */
public record ReceivedMail(String subject, String text, String html, String raw) {

    static ReceivedMail read(MimeMessage message) {
        try {
            MimeMultipart parts = (MimeMultipart) message.getContent();
            if (!parts.getContentType().startsWith("multipart/alternative") || parts.getCount() != 2) {
                throw new AssertionError("not text and HTML: " + parts.getContentType());
            }
            ByteArrayOutputStream raw = new ByteArrayOutputStream();
            message.writeTo(raw);
            return new ReceivedMail(
                    message.getSubject(),
                    part(parts, 0, "text/plain"),
                    part(parts, 1, "text/html"),
                    raw.toString(StandardCharsets.UTF_8));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String part(MimeMultipart parts, int index, String type) throws MessagingException, IOException {
        if (!parts.getBodyPart(index).isMimeType(type)) {
            throw new AssertionError(
                    "part " + index + " is " + parts.getBodyPart(index).getContentType());
        }
        return parts.getBodyPart(index).getContent().toString().replace("\r\n", "\n");
    }
}
