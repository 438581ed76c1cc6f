package io.github.totpguard.harness;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** Waits for this number of mails to an address and returns them in the order of arrival. */
    public List<ReceivedMail> await(String address, int count) {
        Await.until(count + " mails to " + address, LIMIT, () -> to(address).size() >= count);
        return to(address);
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
