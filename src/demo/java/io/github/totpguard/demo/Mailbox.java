package io.github.totpguard.demo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An SMTP server on this machine that keeps every mail in memory and sends none. */
final class Mailbox {

    private final GreenMail server;

    private Mailbox(GreenMail server) {
        this.server = server;
    }

    static Mailbox start() {
        GreenMail server = new GreenMail(new ServerSetup(0, DemoSettings.ADDRESS, ServerSetup.PROTOCOL_SMTP));
        server.start();
        return new Mailbox(server);
    }

    /** The SMTP settings of a realm whose mails should arrive here. */
    Map<String, String> smtpSettings() {
        return Map.of(
                "host",
                DemoSettings.ADDRESS,
                "port",
                String.valueOf(server.getSmtp().getPort()),
                "from",
                "keycloak@example.org",
                "fromDisplayName",
                "TOTP Guard Demo");
    }

    /** The mails in the order of their arrival. */
    List<Mail> mails() {
        return Arrays.stream(server.getReceivedMessages()).map(Mailbox::read).toList();
    }

    private static Mail read(MimeMessage message) {
        try {
            return new Mail(
                    String.valueOf(message.getRecipients(RecipientType.TO)[0]),
                    String.valueOf(message.getSubject()),
                    Optional.ofNullable(message.getSentDate()).map(Date::toInstant),
                    part(message, "text/plain").orElse(""),
                    part(message, "text/html"));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return Optional.of(part.getContent().toString());
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                Optional<String> found = part(parts.getBodyPart(i), type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A mail as it arrived.
     *
     * @param text the plain-text part, or nothing
     */
    record Mail(String to, String subject, Optional<Instant> sent, String text, Optional<String> html) {}
}
