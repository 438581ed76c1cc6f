package io.github.totpguard.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Contact for help")
class HelpContactTest {
    @Test
    @DisplayName("an e-mail address and a web address become links; only the web page opens beside the login")
    void links() {
        HelpContact mail = new HelpContact("help+it@acme.example");
        assertThat(mail.getLink()).isEqualTo("mailto:help+it@acme.example");
        assertThat(mail.isWeb()).isFalse();

        HelpContact page = new HelpContact("https://help.acme.example/otp?a=1");
        assertThat(page.getLink()).isEqualTo("https://help.acme.example/otp?a=1");
        assertThat(page.isWeb()).isTrue();
        assertThat(new HelpContact("http://intranet/help").getLink()).isEqualTo("http://intranet/help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Service desk, extension 1234",
                "help@acme.example or extension 1234",
                "a@b@c",
                "help@acme.example?subject=x",
                "javascript:alert(1)",
                "data:text/html,x",
                "https://acme.example and more",
                "//acme.example"
            })
    @DisplayName("everything else is a text without a link")
    void texts(String contact) {
        assertThat(new HelpContact(contact).getLink()).isEmpty();
        assertThat(new HelpContact(contact).isWeb()).isFalse();
        assertThat(new HelpContact(contact).getText()).isEqualTo(contact);
    }
}
