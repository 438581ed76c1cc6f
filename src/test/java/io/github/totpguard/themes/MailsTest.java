package io.github.totpguard.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Mails")
class MailsTest {
    private static final String LOCKED = "totp-guard-mail-locked.ftl";
    private static final String CHANGE = "totp-guard-mail-change.ftl";
    private static final String HOSTILE = "\"><svg onload=x>'&lt;${7*7}";

    static Stream<Arguments> mailsAndLanguages() {
        return Mail.ALL.stream()
                .flatMap(mail -> Stream.of(Locale.ENGLISH, Locale.GERMAN).map(locale -> Arguments.of(mail, locale)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("mailsAndLanguages")
    @Tag("A8")
    @DisplayName("the mails contain realm, time, browser and address, and no unresolved part of the template")
    void complete(String template, Locale language) {
        Mail mail = new Mail(template).inLanguage(language);
        for (String body : List.of(mail.text(), mail.html())) {
            assertThat(body)
                    .contains("Example", "the time of the attempt", "Firefox 145, Linux", "192.0.2.7")
                    .doesNotContain("totpGuard", "${", "<#");
        }
        assertThat(mail.text())
                .doesNotContain("<", "&")
                .doesNotContain("\n\n\n")
                .doesNotStartWith("\n");
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("mailsAndLanguages")
    @DisplayName("the HTML is well-formed, declares its language, and contains neither links nor anything to load")
    void html(String template, Locale language) {
        Html html = Html.parse(new Mail(template).inLanguage(language).html());

        assertThat(html.elements("html")).singleElement().satisfies(root -> assertThat(root.attribute("lang"))
                .hasValue(language.getLanguage()));
        for (String name : List.of("a", "img", "script", "link", "style")) {
            assertThat(html.elements(name)).as(name).isEmpty();
        }
        assertThat(html.elements("th")).hasSize(3).allSatisfy(header -> assertThat(header.attribute("scope"))
                .hasValue("row"));
    }

    @Test
    @DisplayName("a temporary lock says when it ends, and a hard lock says who unlocks it")
    void locks() {
        for (Mail mail : List.of(new Mail(LOCKED), new Mail(LOCKED).with("lockedUntil", ""))) {
            assertThat(mail.text()).doesNotContain("sessions");
        }
        Mail temporary = new Mail(LOCKED);
        Mail hard = new Mail(LOCKED).with("lockedUntil", "");
        for (String body : List.of(temporary.text(), temporary.html())) {
            assertThat(body)
                    .contains("Until the end of the lock", "wait until then")
                    .doesNotContain("administrator unlocks");
        }
        for (String body : List.of(hard.text(), hard.html())) {
            assertThat(body)
                    .contains(
                            "until you use a backup code or an administrator unlocks",
                            "ask your administrator to unlock")
                    .doesNotContain("Until", "wait until then");
        }
    }

    @Test
    @DisplayName("the mail mentions ended sessions and the new password")
    void passwordChange() {
        Mail mail = new Mail(LOCKED).with("passwordChange", true);
        assertThat(List.of(mail.text(), mail.html()))
                .allSatisfy(body -> assertThat(body).contains("all your sessions have been ended", "new password"));
    }

    static Stream<Arguments> changesAndLanguages() {
        return Stream.of(
                        "deviceAdded",
                        "deviceRemoved",
                        "deviceRenamed",
                        "backupCodesMade",
                        "backupCodeUsed",
                        "backupCodesRunningOut",
                        "browserTrusted",
                        "trustRemoved",
                        "trustStolen")
                .flatMap(
                        change -> Stream.of(Locale.ENGLISH, Locale.GERMAN).map(locale -> Arguments.of(change, locale)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("changesAndLanguages")
    @Tag("A8")
    @Tag("N16")
    @DisplayName("a change is described with its name, and with the steps if it was another person")
    void changes(String change, Locale language) {
        Mail mail = new Mail(CHANGE)
                .inLanguage(language)
                .with("change", "totpGuard.mail.change." + change)
                .with("name", "Blue phone");
        for (String body : List.of(mail.text(), mail.html())) {
            assertThat(body)
                    .contains("Example", "Blue phone", "192.0.2.7")
                    .containsPattern(
                            language.equals(Locale.GERMAN)
                                    ? "nicht( selbst)? (waren|verwendet)"
                                    : "(wasn|didn)('|&#39;)t (you|use)")
                    .contains(
                            language.equals(Locale.GERMAN)
                                    ? "Ändern Sie sofort Ihr Passwort"
                                    : "Change your password now")
                    .doesNotContain("totpGuard", "${", "<#");
        }
        assertThat(mail.text())
                .doesNotContain("<", "&")
                .doesNotContain("\n\n\n")
                .doesNotStartWith("\n");
        assertThat(Html.parse(mail.html()).elements("th")).hasSize(4);
    }

    @Test
    @DisplayName("the mail about a used backup code says how many are left")
    void left() {
        Mail mail = new Mail(CHANGE)
                .with("change", "totpGuard.mail.change.backupCodeUsed")
                .with("counted", true)
                .with("left", 1234);
        assertThat(List.of(mail.text(), mail.html()))
                .allSatisfy(body -> assertThat(body).contains("Backup codes left: 1234."));
        assertThat(new Mail(CHANGE).text()).doesNotContain("left");
    }

    @Test
    @DisplayName("a change by an administrator says so, and does not contain the administrator's address")
    void byAdministrator() {
        Mail mail = new Mail(CHANGE)
                .with("change", "totpGuard.mail.change.deviceRemoved")
                .with("byAdministrator", true);
        for (String body : List.of(mail.text(), mail.html())) {
            assertThat(body)
                    .contains("An administrator did this", "ask your administrator", "the time of the attempt")
                    .doesNotContain("192.0.2.7", "Firefox", "someone else has access");
        }
    }

    @Test
    @DisplayName("unknown values are called unknown")
    void unknown() {
        Mail mail = new Mail(LOCKED).with("browser", "").with("address", "");
        assertThat(mail.text()).contains("Browser: unknown\nIP address: unknown");
        assertThat(mail.html().split("<td>unknown</td>", -1)).hasSize(3);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("mailsAndLanguages")
    @Tag("S31")
    @DisplayName("no value becomes markup")
    void escaped(String template, Locale language) {
        Mail mail = new Mail(template)
                .inLanguage(language)
                .with("realm", HOSTILE)
                .with("time", HOSTILE)
                .with("browser", HOSTILE)
                .with("address", HOSTILE)
                .with("lockedUntil", HOSTILE)
                .with("name", HOSTILE);
        assertThat(mail.html()).doesNotContain("<svg").contains("&quot;&gt;&lt;svg onload=x&gt;&#39;&amp;lt;");
        assertThat(Html.parse(mail.html()).elements("svg")).isEmpty();
        assertThat(mail.text()).contains("\"><svg onload=x>'&lt;");
    }
}
