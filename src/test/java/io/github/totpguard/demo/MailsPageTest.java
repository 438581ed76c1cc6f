package io.github.totpguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page of mails")
class MailsPageTest {

    @Test
    @DisplayName("addresses in a mail's text are links, and everything is escaped")
    void links() {
        assertThat(MailsPage.linked("<b> Open http://localhost:8080/a?b=1&c=2 & go on"))
                .isEqualTo("&lt;b&gt; Open <a href=\"http://localhost:8080/a?b=1&amp;c=2\">"
                        + "http://localhost:8080/a?b=1&amp;c=2</a> &amp; go on");
    }

    @Test
    @DisplayName("an address ends at a quote, so that a mail cannot add attributes to the link")
    void quotes() {
        assertThat(MailsPage.linked("http://a/\" onclick=\"x"))
                .isEqualTo("<a href=\"http://a/\">http://a/</a>&quot; onclick=&quot;x");
    }
}
