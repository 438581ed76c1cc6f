package io.github.totpguard.keycloak.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A device's name in a mail")
class MailedNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Blue phone              | Blue phone
                    iPhone 15.2 (work)      | iPhone 15.2 (work)
                    Telefon für 旅行 📱      | Telefon für 旅行 📱
                    """)
    @DisplayName("is the name that the user chose")
    void kept(String name, String mailed) {
        assertThat(MailedName.of(name)).isEqualTo(mailed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://evil.example/a  | https evil. example a
                    www.evil.example        | www. evil. example
                    mail me@evil.example    | mail me evil. example
                    \\\\evil\\share           | evil share
                    a\u202Eb                | a b
                    """)
    @Tag("S31")
    @DisplayName("contains no text that a mail program turns into a link")
    void noLink(String name, String mailed) {
        assertThat(MailedName.of(name)).isEqualTo(mailed);
    }

    @Test
    @DisplayName("has one line and at most 64 characters, and is empty if there is no name")
    void bounds() {
        assertThat(MailedName.of("a\r\nBcc: b\u2028c")).isEqualTo("a Bcc b c");
        assertThat(MailedName.of("📱".repeat(100))).isEqualTo("📱".repeat(64));
        assertThat(MailedName.of(null)).isEmpty();
    }
}
