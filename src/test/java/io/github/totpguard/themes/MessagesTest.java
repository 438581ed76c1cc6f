package io.github.totpguard.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.theme.PropertiesUtil;

/** Checks that the messages are used, and survive what Keycloak does to them. LanguagesTest compares the languages. */
@DisplayName("Messages")
class MessagesTest {
    private static final Pattern MESSAGE_IN_TEMPLATE = Pattern.compile("msg\\(\"(totpGuard\\.[^\"]+)\"");
    /** Texts of the account console, which uses another syntax for arguments. */
    private static final String OF_ACCOUNT_CONSOLE = "totpGuard.account.";

    /** Names of credentials: login pages apply MessageFormat to them, and the account console does not. */
    private static final String OF_CONSOLE_AND_PAGES =
            "totpGuard\\.(device|backup)\\..*|totpGuard\\.trust\\.(title|help|lastUsed|address|until|over)|otp"
                    + "|recovery-authn-codes|totp-guard-trusted-browser";

    /** Messages that only Java uses. */
    private static final Pattern MESSAGE_OF_PROVIDERS = Pattern.compile(
            "totpGuard\\.error\\..*|totpGuard\\.prove\\.(for|by|use)\\..*|totpGuard\\.account\\..*|totpGuard\\.defaultLabel|totpGuard\\.mail\\..*\\.subject|totpGuard\\.mail\\.change\\..*|totpGuard\\.(device|backup)\\.(title|help)|totpGuard\\.trust\\.(title|help|lastUsed|address|until|over)|requiredAction\\.totp-guard-.*|otp|recovery-authn-codes|totp-guard-trusted-browser");

    static Stream<String> languages() {
        return TextFile.all().stream()
                .filter(file -> file.kind() == TextFile.Kind.MESSAGES)
                .map(TextFile::language);
    }

    @ParameterizedTest
    @MethodSource("languages")
    @DisplayName("MessageFormat, which Keycloak applies to every message, keeps the whole text")
    void survivesMessageFormat(String language) throws IOException {
        Map<String, String> messages = messages(language);
        messages.keySet().removeIf(key -> key.startsWith(OF_ACCOUNT_CONSOLE));
        messages.forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank().isEqualTo(text.strip()).doesNotContain("${", "\uFFFD");
            assertThat(new MessageFormat(text).format(new Object[] {"{0}", "{1}", "{2}"}))
                    .as(key)
                    .isEqualTo(text.replace("''", "'"));
        });
    }

    @ParameterizedTest
    @MethodSource("languages")
    @DisplayName("every key is in our own namespace, or the type of a credential that the account console looks up")
    void ownNameSpace(String language) throws IOException {
        assertThat(messages(language).keySet())
                .allSatisfy(
                        key -> assertThat(key)
                                .matches(
                                        "totpGuard\\..+|requiredAction\\.totp-guard-.+|otp|recovery-authn-codes|totp-guard-trusted-browser"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    @DisplayName("a name that the account console also shows has no straight apostrophe, which it would show twice")
    void shownByTheAccountConsoleToo(String language) throws IOException {
        Map<String, String> messages = messages(language);
        messages.keySet().removeIf(key -> !key.matches(OF_CONSOLE_AND_PAGES));
        assertThat(messages).hasSizeGreaterThan(10);
        assertThat(messages).allSatisfy((key, text) -> assertThat(text).as(key).doesNotContain("'"));
    }

    @Test
    @DisplayName("every message that a page uses exists, and every message is used")
    void usedAndPresent() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String page : Page.ALL) {
            used.addAll(messagesIn(page));
        }
        used.addAll(messagesIn("totp-guard-commons.ftl"));
        used.addAll(messagesIn("totp-guard-ways.ftl"));
        for (String mail : Mail.ALL) {
            used.addAll(messagesIn("html/" + mail));
            assertThat(messagesIn("text/" + mail)).isEqualTo(messagesIn("html/" + mail));
        }
        used.addAll(messagesIn("html/totp-guard-mail-commons.ftl"));
        Set<String> present = messages("en").keySet();

        assertThat(present).containsAll(used);
        assertThat(present.stream().filter(key -> !used.contains(key)))
                .allSatisfy(key -> assertThat(key).matches(MESSAGE_OF_PROVIDERS));
    }

    private static Set<String> messagesIn(String template) throws IOException {
        try (InputStream stream = open("theme-resources/templates/" + template)) {
            Matcher matcher = MESSAGE_IN_TEMPLATE.matcher(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            return matcher.results().map(result -> result.group(1)).collect(Collectors.toSet());
        }
    }

    private static Map<String, String> messages(String language) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = open("theme-resources/messages/messages_" + language + ".properties")) {
            PropertiesUtil.readCharsetAware(properties, stream);
        }
        Map<String, String> messages = new TreeMap<>();
        properties.forEach((key, value) -> messages.put((String) key, (String) value));
        return messages;
    }

    private static InputStream open(String resource) {
        return MessagesTest.class.getClassLoader().getResourceAsStream(resource);
    }
}
