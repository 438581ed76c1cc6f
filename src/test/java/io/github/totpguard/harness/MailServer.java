package io.github.totpguard.harness;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** An SMTP server on this machine that stores every mail. */
public final class MailServer implements AutoCloseable {

    public static final String ADDRESS = "127.0.0.1";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final GreenMail server;

    private MailServer(GreenMail server) {
        this.server = server;
    }

    public static MailServer start() {
        GreenMail server = new GreenMail(new ServerSetup(0, ADDRESS, ServerSetup.PROTOCOL_SMTP));
        server.start();
        return new MailServer(server);
    }

    /** A Keycloak in a container cannot reach this machine; the test is then skipped. */
    public static void requireReach() {
        Assumptions.assumeTrue(
                "process".equals(System.getProperty("keycloak.runtime", "process")),
                "a Keycloak in a container cannot reach this machine's ports");
    }

    /** The SMTP settings for a realm. */
    public Map<String, String> settings() {
        return settings(server.getSmtp().getPort());
    }

    /** The SMTP settings for any server on a port of this machine. */
    public static Map<String, String> settings(int port) {
        return Map.of("host", ADDRESS, "port", String.valueOf(port), "from", "keycloak@example.org");
    }

    /** Waits for this number of mails to an address and returns them in the order of arrival. Only a mail that was awaited before the
     * next was caused has a certain place in it. */
    public List<ReceivedMail> await(String address, int count) {
        Await.until(count + " mails to " + address, LIMIT, () -> to(address).size() >= count);
        return to(address);
    }

    /**
     * Waits for a mail to an address whose subject or text contains a passage, and returns the newest. Mails are sent
     * beside the requests, so two that were caused one soon after the other may arrive in either order.
     */
    public ReceivedMail await(String address, String passage) {
        Await.until("a mail to " + address + " with \"" + passage + "\"", LIMIT, () -> newest(address, passage)
                .isPresent());
        return newest(address, passage).orElseThrow();
    }

    private Optional<ReceivedMail> newest(String address, String passage) {
        return to(address).stream()
                .filter(mail -> mail.subject().contains(passage) || mail.text().contains(passage))
                .reduce((older, newer) -> newer);
    }

    /** The mails that have arrived for an address so far. */
    public List<ReceivedMail> to(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .map(ReceivedMail::read)
                .toList();
    }

    private static boolean isTo(MimeMessage message, String address) {
        try {
            return Arrays.stream(message.getAllRecipients())
                    .anyMatch(recipient -> recipient.toString().equals(address));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
