package io.github.totpguard.themes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.themes.Html.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Login pages")
class LoginPagesTest {
    private static final String ERROR = "Enter all digits of the code.";
    private static final String HOSTILE = "\"><svg onload=x>'&lt;${7*7}";

    static Stream<Arguments> pagesAndThemes() {
        return Page.ALL.stream()
                .flatMap(page -> Stream.of(LoginTheme.values()).map(theme -> Arguments.of(page, theme)));
    }

    static Stream<Arguments> codeFieldsAndThemes() {
        return Stream.of(LoginTheme.values())
                .flatMap(theme -> Stream.of(
                        Arguments.of("totp-guard-code.ftl", "otp", theme),
                        Arguments.of("totp-guard-setup.ftl", "code", theme),
                        Arguments.of("totp-guard-prove.ftl", "otp", theme),
                        Arguments.of("totp-guard-reset.ftl", "otp", theme)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesAndThemes")
    @DisplayName("the pages render inside the frame of every theme, in English and German")
    void renderInEveryTheme(String template, LoginTheme theme) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            assertThat(new Page(template).inLanguage(locale).in(theme))
                    .contains(Page.RESOURCES + "/totp-guard/totp-guard.css", "</html>")
                    .doesNotContain("totpGuard.", "??");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = LoginTheme.class,
            names = {"KEYCLOAK_V2", "KEYCLOAK_V1", "OWN_TEMPLATE"})
    @DisplayName("the pages leave the link to other ways of signing in to the frame")
    void otherWays(LoginTheme theme) {
        Page page = new Page("totp-guard-code.ftl").withOtherWaysToSignIn();

        assertThat(page.sectionsIn(theme).source()).doesNotContain("tryAnotherWay");
        if (theme != LoginTheme.OWN_TEMPLATE) {
            assertThat(page.in(theme).split("name=\"tryAnotherWay\"", -1)).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName(
            "the pages for an app code and for a backup code link to each other and to the key if the user has them; "
                    + "the locked page links to the key, and to the backup code only for a hard lock")
    void insteadOfThis(LoginTheme theme) {
        assertThat(choice("totp-guard-code.ftl", theme))
                .containsExactly("execution of totp-guard-backup-code-form", "execution of webauthn-authenticator");
        assertThat(choice("totp-guard-backup-code.ftl", theme))
                .containsExactly("execution of totp-guard-form", "execution of webauthn-authenticator");
        assertThat(choice("totp-guard-locked.ftl", theme)).containsExactly("execution of webauthn-authenticator");
        Page hard = new Page("totp-guard-locked.ftl").with("totpGuardLocked", Map.of("hard", true));
        assertThat(choice(hard.withOtherWaysToSignIn().sectionsIn(theme)))
                .containsExactly("execution of totp-guard-backup-code-form", "execution of webauthn-authenticator");
        assertThat(choice(new Page("totp-guard-code.ftl").sectionsIn(theme))).isEmpty();
    }

    private static List<String> choice(String template, LoginTheme theme) {
        return choice(new Page(template).withOtherWaysToSignIn().sectionsIn(theme));
    }

    private static List<String> choice(Html html) {
        return html.elements("button").stream()
                .filter(button -> button.attribute("name").equals(Optional.of("authenticationExecution")))
                .flatMap(button -> button.attribute("value").stream())
                .toList();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesAndThemes")
    @DisplayName("the pages need no inline content: script-src 'self'; style-src 'self'; img-src 'self'")
    void needNothingInline(String template, LoginTheme theme) {
        for (Html html : variants(template, theme)) {
            assertThat(html.elements("style")).isEmpty();
            for (Element element : html.elements()) {
                assertThat(element.attributes().keySet())
                        .as(element.toString())
                        .doesNotContain("style")
                        .noneMatch(attribute -> attribute.startsWith("on"));
                assertThat(element.attributes().values())
                        .as(element.toString())
                        .noneMatch(value -> value.startsWith("javascript:") || value.startsWith("data:"));
            }
            assertThat(html.elements("script")).allSatisfy(script -> {
                assertThat(script.attribute("src"))
                        .hasValueSatisfying(src -> assertThat(src).startsWith(Page.RESOURCES + "/totp-guard/"));
                assertThat(script.text()).isEmpty();
            });
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesAndThemes")
    @Tag("W2")
    @DisplayName("every field has a label, every reference has a target, and every id is unique")
    void referencesHaveTargets(String template, LoginTheme theme) {
        for (Html html : variants(template, theme)) {
            List<String> ids = html.elements().stream()
                    .flatMap(element -> element.attribute("id").stream())
                    .toList();
            assertThat(ids).doesNotHaveDuplicates().doesNotContain("");

            for (Element label : html.elements("label")) {
                label.attribute("for")
                        .ifPresent(target -> assertThat(html.get(target).name()).isEqualTo("input"));
            }
            for (Element input : visible(html.elements("input"))) {
                assertThat(html.elements("label"))
                        .as("labels of " + input)
                        .anyMatch(label -> label.attribute("for").equals(input.attribute("id"))
                                || input.parent().equals(Optional.of(label)));
            }
            for (Element element : html.elements()) {
                for (String attribute : Set.of("aria-describedby", "aria-labelledby", "aria-controls")) {
                    element.attribute(attribute).ifPresent(targets -> assertThat(targets.split(" "))
                            .as(element.toString())
                            .allSatisfy(target -> assertThat(html.byId(target)).isPresent()));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} in {2}")
    @MethodSource("codeFieldsAndThemes")
    @Tag("W1")
    @Tag("W2")
    @DisplayName("a code can be pasted and filled in, and its field has a label and a hint")
    void codeField(String template, String field, LoginTheme theme) {
        Html html = new Page(template).sectionsIn(theme);
        Element input = html.get(field);

        assertThat(input.attributes())
                .containsEntry("name", field)
                .containsEntry("type", "text")
                .containsEntry("autocomplete", "one-time-code")
                .containsEntry("inputmode", "numeric")
                .containsEntry("aria-invalid", "false")
                .containsEntry(
                        "aria-describedby", (field.equals("code") ? "totp-guard-how " : "") + "input-hint-" + field)
                .doesNotContainKeys("maxlength", "pattern", "value");
        assertThat(html.get("input-hint-" + field).text()).isEqualTo("The code from your authenticator app");
        assertThat(html.elements("label").stream()
                        .filter(label -> label.attribute("for").equals(Optional.of(field))))
                .singleElement()
                .satisfies(label -> assertThat(label.text()).startsWith("One-time code"));
    }

    @ParameterizedTest(name = "{0} in {2}")
    @MethodSource("codeFieldsAndThemes")
    @Tag("W2")
    @DisplayName("an error refers to its field, is announced, and is shown once")
    void error(String template, String field, LoginTheme theme) {
        Page page = new Page(template).withError(field, ERROR);
        Html html = page.sectionsIn(theme);

        assertThat(html.get(field).attributes())
                .containsEntry("aria-invalid", "true")
                .containsEntry("aria-describedby", "input-error-" + field + " input-hint-" + field)
                .containsKey("autofocus");
        Element error = html.get("input-error-" + field);
        assertThat(error.text()).isEqualTo(ERROR);
        assertThat(error.isAnnounced()).isTrue();
        assertThat(page.in(theme).split(ERROR, -1)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("W2")
    @DisplayName("an error of the device name refers to its field, and the text that was typed is kept")
    void labelError(LoginTheme theme) {
        Html html = new Page("totp-guard-setup.ftl")
                .withSetup("label", "My phone")
                .withError("label", "The device name is too long.")
                .sectionsIn(theme);

        assertThat(html.get("label").attributes())
                .containsEntry("value", "My phone")
                .containsEntry("maxlength", "64")
                .containsEntry("aria-invalid", "true")
                .containsEntry("aria-describedby", "input-error-label")
                .containsKey("autofocus");
        assertThat(html.get("code").has("autofocus")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("the input class is where the theme needs it: around the input in keycloak.v2, on the input elsewhere")
    void inputClass(LoginTheme theme) {
        Element input = new Page("totp-guard-code.ftl").sectionsIn(theme).get("otp");
        String ofInput = input.attribute("class").orElse("");
        String ofParent = input.parent().orElseThrow().attribute("class").orElse("");

        switch (theme) {
            case KEYCLOAK_V2 -> {
                assertThat(ofInput).isEmpty();
                assertThat(ofParent).contains("pf-v5-c-form-control");
            }
            case KEYCLOAK_V1 -> assertThat(ofInput).isEqualTo("pf-c-form-control");
            case OWN_TEMPLATE, WITHOUT_PARENT -> assertThat(ofInput).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("K3")
    @Tag("W4")
    @DisplayName("set-up shows QR code, link, key, issuer and account, and no parameters if apps do not need them")
    void setup(LoginTheme theme) {
        Html html = new Page("totp-guard-setup.ftl").sectionsIn(theme);

        assertThat(html.source()).contains(Page.QR);
        for (String link : List.of("totp-guard-uri", "totp-guard-uri-here")) {
            assertThat(html.get(link).attribute("href"))
                    .hasValue("otpauth://totp/Demo:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&amp;issuer=Demo");
        }
        assertThat(html.get("totp-guard-submit").text()).isEqualTo("Activate");
        assertThat(html.get("totp-guard-key").text()).isEqualTo("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
        assertThat(html.get("totp-guard-issuer").text()).isEqualTo("Demo");
        assertThat(html.get("totp-guard-account").text()).isEqualTo("alice");
        assertThat(html.byId("totp-guard-algorithm")).isEmpty();
        assertThat(html.byId("totp-guard-parameters-warning")).isEmpty();
        assertThat(html.get("totp-guard-setup-form").attributes()).containsEntry("method", "post");
        assertThat(html.get("logout-sessions").attributes())
                .containsEntry("name", "logout-sessions")
                .doesNotContainKey("checked");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("K3")
    @DisplayName("parameters that some apps ignore are shown with a warning")
    void unusualParameters(LoginTheme theme) {
        Html html = new Page("totp-guard-setup.ftl")
                .inLanguage(Locale.GERMAN)
                .withSetup("standardParameters", false)
                .withSetup("algorithm", "SHA512")
                .withSetup("digits", 8)
                .withSetup("periodSeconds", 1200)
                .sectionsIn(theme);

        assertThat(html.get("totp-guard-algorithm").text()).isEqualTo("SHA512");
        assertThat(html.get("totp-guard-digits").text()).isEqualTo("8");
        assertThat(html.get("totp-guard-period").text()).isEqualTo("1200");
        assertThat(html.get("totp-guard-parameters-warning").text()).contains("Google Authenticator");
        assertThat(html.get("totp-guard-apps").text()).doesNotContain("Google Authenticator");
        assertThat(html.get("totp-guard-manual").attributes()).containsKeys("open", "data-keep-open");
        assertThat(html.get("code").attributes()).containsEntry("data-digits", "8");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("W4")
    @DisplayName("the key is behind \"Can't scan?\", and open until the script folds it")
    void manual(LoginTheme theme) {
        Html html = new Page("totp-guard-setup.ftl").sectionsIn(theme);

        Element manual = html.get("totp-guard-manual");
        assertThat(manual.name()).isEqualTo("details");
        assertThat(manual.attributes()).containsKey("open").doesNotContainKey("data-keep-open");
        assertThat(html.elements("summary")).singleElement().satisfies(summary -> assertThat(summary.parent())
                .contains(manual));
        assertThat(inside(manual, html.get("totp-guard-key"))).isTrue();
        assertThat(inside(manual, html.get("totp-guard-uri"))).isFalse();
        assertThat(inside(manual, html.get("code"))).isFalse();
    }

    private static boolean inside(Element outer, Element element) {
        return element.parent()
                .filter(parent -> parent == outer || inside(outer, parent))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("the link to an app comes before the QR code, and looks like a button")
    void appLink(LoginTheme theme) {
        Html html = new Page("totp-guard-setup.ftl").sectionsIn(theme);

        assertThat(html.source().indexOf("id=\"totp-guard-uri\""))
                .isLessThan(html.source().indexOf(Page.QR));
        String looks = html.get("totp-guard-uri").attribute("class").orElse("");
        switch (theme) {
            case KEYCLOAK_V2 -> assertThat(looks).contains("pf-v5-c-button");
            case KEYCLOAK_V1 -> assertThat(looks).contains("pf-c-button");
            case OWN_TEMPLATE, WITHOUT_PARENT -> assertThat(looks).contains("totp-guard-button");
        }
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("a replacement names the devices that it replaces, and can be cancelled; Enter never cancels it")
    void replacement(LoginTheme theme) {
        assertThat(new Page("totp-guard-setup.ftl").sectionsIn(theme).byId("totp-guard-replaces"))
                .isEmpty();

        Html html = replacing(new Page("totp-guard-setup.ftl"))
                .askedForByAnApplication()
                .sectionsIn(theme);

        assertThat(html.get("totp-guard-replaces").text())
                .contains("Blue phone", "Old &lt;b&gt; phone", "Nothing changes until");
        assertThat(html.get("totp-guard-cancel").attributes())
                .containsEntry("type", "submit")
                .containsEntry("name", "cancelReplacement")
                .containsKey("formnovalidate");
        assertThat(html.elements("button").stream()
                        .filter(button -> button.attribute("type").equals(Optional.of("submit")))
                        .flatMap(button -> button.attribute("id").stream()))
                .containsExactly("totp-guard-submit", "totp-guard-cancel");
    }

    private static Page replacing(Page page) {
        return page.withSetup("replaced", List.of(Map.of("label", "Blue phone"), Map.of("label", "Old <b> phone")));
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("W2")
    @DisplayName("what only the script can do is hidden without it: a pasted code that is sent, and the way to stop it")
    void withoutScript(LoginTheme theme) {
        Html html = new Page("totp-guard-setup.ftl").sectionsIn(theme);

        assertThat(html.get("input-note-code").has("hidden")).isTrue();
        assertThat(html.get("totp-guard-wait").attributes())
                .containsEntry("type", "button")
                .containsKey("hidden");
        assertThat(html.get("totp-guard-sending").isAnnounced()).isTrue();
        assertThat(html.get("totp-guard-sending").text()).isEmpty();
        assertThat(html.get("code").attributes())
                .containsEntry("data-digits", "6")
                .doesNotContainKey("autofocus");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("W2")
    @DisplayName("the script moves the focus to the code on the first visit, but not past an error message")
    void focus(LoginTheme theme) {
        assertThat(new Page("totp-guard-setup.ftl")
                        .sectionsIn(theme)
                        .get("totp-guard-setup-form")
                        .attributes())
                .containsEntry("data-focus-code", "true");
        assertThat(new Page("totp-guard-setup.ftl")
                        .withError("", "The key has been replaced.")
                        .sectionsIn(theme)
                        .get("totp-guard-setup-form")
                        .has("data-focus-code"))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("the copy button is hidden until the script has found a clipboard")
    void copyButton(LoginTheme theme) {
        Html html = new Page("totp-guard-setup.ftl").sectionsIn(theme);

        assertThat(html.get("totp-guard-copy").attributes())
                .containsEntry("type", "button")
                .containsKey("hidden");
        assertThat(html.get("totp-guard-copy-result").isAnnounced()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("text from users and administrators is escaped")
    void escaping(LoginTheme theme) {
        Page page = new Page("totp-guard-setup.ftl").withError("code", HOSTILE).withError("label", HOSTILE);
        for (String property : List.of("uri", "key", "issuer", "account", "label", "algorithm")) {
            page.withSetup(property, HOSTILE);
        }
        page.withSetup("standardParameters", false);

        Html html = page.sectionsIn(theme);

        assertThat(html.elements("svg")).hasSize(1);
        assertThat(html.source()).doesNotContain("<svg onload").contains("${7*7}");
        String escaped = "&quot;&gt;&lt;svg onload=x&gt;&#39;&amp;lt;${7*7}";
        assertThat(html.get("label").attribute("value")).hasValue(escaped);
        assertThat(html.get("totp-guard-uri").attribute("href")).hasValue(escaped);
        assertThat(html.get("totp-guard-issuer").text()).isEqualTo(escaped);
        assertThat(html.get("input-error-code").text()).isEqualTo(escaped);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("pagesAndThemes")
    @DisplayName("only an action that an application asked for can be cancelled, and Enter never cancels it")
    void cancel(String template, LoginTheme theme) {
        Set<String> cancellable = Set.of(
                "totp-guard-setup.ftl",
                "totp-guard-prove.ftl",
                "totp-guard-backup-code.ftl",
                "totp-guard-backup-codes.ftl");

        assertThat(new Page(template).sectionsIn(theme).byId("totp-guard-cancel"))
                .isEmpty();

        Html html = new Page(template).askedForByAnApplication().sectionsIn(theme);
        if (!cancellable.contains(template)) {
            assertThat(html.byId("totp-guard-cancel")).isEmpty();
            return;
        }
        assertThat(html.get("totp-guard-cancel").attributes())
                .containsEntry("type", "submit")
                .containsEntry("name", "cancel-aia")
                .containsEntry("value", "true")
                .containsKey("formnovalidate");
        List<Element> submits = html.elements("button").stream()
                .filter(button -> button.attribute("type").equals(Optional.of("submit")))
                .toList();
        // Forms for other ways to continue may follow.
        assertThat(submits).hasSizeGreaterThanOrEqualTo(2);
        assertThat(submits.get(1)).isSameAs(html.get("totp-guard-cancel"));
    }

    private static List<Element> visible(List<Element> inputs) {
        return inputs.stream()
                .filter(input -> !input.attribute("type").equals(Optional.of("hidden")))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("the limit page names the limit, and its form has only a button to continue")
    void limit(LoginTheme theme) {
        Html html = new Page("totp-guard-limit.ftl")
                .with("totpGuardMaxDevices", 1234)
                .sectionsIn(theme);

        assertThat(html.get("totp-guard-limit-reason").text()).contains("(1234)");
        assertThat(html.get("totp-guard-continue").attributes()).containsEntry("name", "continue");
        assertThat(html.get("totp-guard-limit-form").attributes()).containsEntry("method", "post");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("W3")
    @DisplayName("the locked page says when to try again, announces it, and has a button for it")
    void locked(LoginTheme theme) {
        Html minutes = new Page("totp-guard-locked.ftl").sectionsIn(theme);
        assertThat(minutes.get("totp-guard-locked").text()).contains("in 5 minutes");
        assertThat(minutes.get("totp-guard-locked").attributes())
                .containsEntry("data-until", "1800000000")
                .containsEntry("role", "alert");
        assertThat(minutes.get("totp-guard-retry").attributes()).containsEntry("type", "submit");
        assertThat(minutes.elements("input")).isEmpty();

        Html minute = new Page("totp-guard-locked.ftl")
                .with("totpGuardLocked", Page.locked(1))
                .sectionsIn(theme);
        assertThat(minute.get("totp-guard-locked").text()).contains("in one minute");

        Html hard = new Page("totp-guard-locked.ftl")
                .with("totpGuardLocked", Map.of("hard", true, "until", 0L, "minutes", 1))
                .sectionsIn(theme);
        assertThat(hard.get("totp-guard-locked").text()).contains("To unlock your sign-in");
        assertThat(hard.get("totp-guard-help").text()).contains("administrator");
        assertThat(hard.get("totp-guard-locked").attributes()).doesNotContainKey("data-until");
        assertThat(hard.byId("totp-guard-retry")).isEmpty();
        assertThat(hard.byId("totp-guard-countdown")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("W3")
    @DisplayName(
            "without the script, the locked page says the end in UTC, and its button can be pressed; the countdown is hidden, "
                    + "and is not announced by itself")
    void lockedUntil(LoginTheme theme) {
        Html html = new Page("totp-guard-locked.ftl").sectionsIn(theme);
        assertThat(html.get("totp-guard-locked-until").attributes()).containsEntry("datetime", "2027-01-15T08:00:00Z");
        assertThat(html.get("totp-guard-locked-until").text()).isEqualTo("08:00 UTC");
        assertThat(html.get("totp-guard-retry").has("disabled")).isFalse();
        assertThat(html.get("totp-guard-countdown").has("hidden")).isTrue();
        assertThat(html.get("totp-guard-countdown-time").attributes()).containsEntry("role", "timer");
        assertThat(html.get("totp-guard-locked-status").isAnnounced()).isTrue();
        assertThat(html.get("totp-guard-locked").attributes())
                .containsEntry("data-minutes", "5")
                .containsEntry("data-text-minutes", "Try again in {0} minutes.")
                .containsEntry("data-text-over", "You can try again now.");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName(
            "in a required action, the locked page links to the user's keys, and to backup codes only for a hard lock")
    void lockedInAction(LoginTheme theme) {
        List<Map<String, Object>> ways = List.of(
                Map.of("way", "PASSKEY", "use", "totpGuard.prove.use.PASSKEY", "key", true),
                Map.of("way", "BACKUP_CODES", "use", "totpGuard.prove.use.BACKUP_CODES", "key", false));
        Html timed = new Page("totp-guard-locked.ftl")
                .with("totpGuardProofWays", ways)
                .sectionsIn(theme);
        assertThat(timed.get("totp-guard-prove-by-PASSKEY").attributes())
                .containsEntry("name", "proveBy")
                .containsEntry("value", "PASSKEY");
        assertThat(timed.byId("totp-guard-prove-by-BACKUP_CODES")).isEmpty();
        Html hard = new Page("totp-guard-locked.ftl")
                .with("totpGuardLocked", Map.of("hard", true))
                .with("totpGuardProofWays", ways)
                .sectionsIn(theme);
        assertThat(hard.byId("totp-guard-prove-by-BACKUP_CODES")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName(
            "\"Can't use your app?\" is on every code page, folded until wrong codes were entered, and names whom to ask")
    void cantUseApp(LoginTheme theme) {
        Html plain = new Page("totp-guard-code.ftl").sectionsIn(theme);
        assertThat(plain.elements("summary")).singleElement().satisfies(summary -> assertThat(summary.text())
                .isEqualTo("Can&#39;t use your app?"));
        assertThat(plain.get("totp-guard-other-ways").has("open")).isFalse();
        assertThat(plain.get("totp-guard-help").text()).contains("Contact your administrator.");
        assertThat(plain.byId("totp-guard-use-backup-code")).isEmpty();
        assertThat(plain.byId("totp-guard-use-mail-link")).isEmpty();

        Html all = new Page("totp-guard-code.ftl")
                .withOtherWaysToSignIn()
                .with("totpGuardHint", true)
                .with("totpGuardMailLink", true)
                .sectionsIn(theme);
        assertThat(all.get("totp-guard-other-ways").has("open")).isTrue();
        assertThat(all.byId("totp-guard-use-backup-code")).isPresent();
        assertThat(all.byId("totp-guard-use-security-key")).isPresent();
        assertThat(all.get("totp-guard-use-mail-link").attribute("href"))
                .hasValue("http://localhost/realms/demo/login-actions/reset-credentials");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName(
            "the contact of the policy takes the administrator's place: a link if it is an address, else an escaped text")
    void helpContact(LoginTheme theme) {
        for (String template : List.of(
                "totp-guard-code.ftl",
                "totp-guard-backup-code.ftl",
                "totp-guard-locked.ftl",
                "totp-guard-prove.ftl",
                "totp-guard-reset.ftl",
                "totp-guard-unavailable.ftl")) {
            Html mail = new Page(template)
                    .with("totpGuardHelp", Page.help("help@acme.example", "mailto:help@acme.example", false))
                    .sectionsIn(theme);
            assertThat(mail.source()).doesNotContain("administrator");
            assertThat(mail.elements("a"))
                    .filteredOn(link -> link.attribute("href").equals(Optional.of("mailto:help@acme.example")))
                    .singleElement()
                    .satisfies(link -> assertThat(link.has("target")).isFalse());
            Html page = new Page(template)
                    .with("totpGuardHelp", Page.help("https://acme.example", "https://acme.example", true))
                    .sectionsIn(theme);
            assertThat(page.elements("a"))
                    .filteredOn(link -> link.attribute("href").equals(Optional.of("https://acme.example")))
                    .singleElement()
                    .satisfies(link -> assertThat(link.attributes())
                            .containsEntry("target", "_blank")
                            .containsEntry("rel", "noopener noreferrer"));
            Html text = new Page(template)
                    .with("totpGuardHelp", Page.help(HOSTILE, "", false))
                    .sectionsIn(theme);
            assertThat(text.elements("svg")).isEmpty();
            assertThat(text.source()).contains("${7*7}").doesNotContain("<svg onload");
        }
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("only after wrong codes do the pages give the hint about the clock and two codes")
    void hint(LoginTheme theme) {
        for (String template : List.of("totp-guard-code.ftl", "totp-guard-prove.ftl", "totp-guard-reset.ftl")) {
            assertThat(new Page(template).sectionsIn(theme).byId("totp-guard-code-hint"))
                    .isEmpty();
            Html hint = new Page(template).with("totpGuardHint", true).sectionsIn(theme);
            assertThat(hint.get("totp-guard-code-hint").text())
                    .contains("clock")
                    .contains("next two codes");
            assertThat(hint.get("totp-guard-code-hint").attributes()).containsEntry("role", "status");
        }
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("N10")
    @DisplayName("the page for a backup code asks for any, or for the next of Keycloak's, and its field is not numeric")
    void backupCode(LoginTheme theme) {
        Html any = new Page("totp-guard-backup-code.ftl").sectionsIn(theme);
        assertThat(any.get("backupCode").attributes())
                .containsEntry("name", "backupCode")
                .containsEntry("type", "text")
                .containsEntry("autocomplete", "off")
                .containsEntry("aria-invalid", "false")
                .containsEntry("aria-describedby", "input-hint-backupCode")
                .doesNotContainKeys("maxlength", "pattern", "value", "inputmode");
        assertThat(any.get("input-hint-backupCode").text()).contains("07-ABCDE-FGHJK-MNPQR");

        Html next = new Page("totp-guard-backup-code.ftl")
                .with("totpGuardBackupCode", Map.of("inOrder", true, "number", 4))
                .withError("backupCode", ERROR)
                .sectionsIn(theme);
        assertThat(next.get("input-hint-backupCode").text())
                .contains("number 4")
                .doesNotContain("ABCDE");
        assertThat(next.get("input-error-backupCode").isAnnounced()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("N9")
    @DisplayName(
            "the page with new backup codes lists them, has three tools that need the script, and one confirmation")
    void backupCodes(LoginTheme theme) {
        Html checkbox = new Page("totp-guard-backup-codes.ftl").sectionsIn(theme);
        assertThat(checkbox.elements("li").stream().map(item -> item.text().strip()))
                .containsExactly("01-ABCDE-FGHJK-MNPQR", "02-STVWX-YZ012-34567");
        assertThat(checkbox.get("totp-guard-backup-codes").attributes())
                .containsEntry("data-file-name", "backup-codes-demo-2026-11-22.txt");
        for (String tool : List.of("copy", "print", "download")) {
            assertThat(checkbox.get("totp-guard-" + tool + "-codes").attributes())
                    .containsEntry("type", "button")
                    .containsKey("hidden");
        }
        assertThat(checkbox.get("saved").attributes())
                .containsEntry("type", "checkbox")
                .doesNotContainKey("checked");
        assertThat(checkbox.byId("backupCode")).isEmpty();
        assertThat(checkbox.byId("totp-guard-later")).isEmpty();
        assertThat(checkbox.byId("totp-guard-backup-codes-left")).isEmpty();

        Html code = new Page("totp-guard-backup-codes.ftl")
                .withBackupCodes("confirmedByCode", true)
                .withBackupCodes("offer", true)
                .withBackupCodes("left", 3)
                .sectionsIn(theme);
        assertThat(code.byId("saved")).isEmpty();
        assertThat(code.get("backupCode").attributes()).containsEntry("name", "backupCode");
        assertThat(code.get("totp-guard-later").attributes()).containsEntry("name", "later");
        assertThat(code.get("totp-guard-backup-codes-left").text()).contains("3 backup codes left");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("S26")
    @DisplayName("the reset page offers to replace a lost device only if that is allowed")
    void reset(LoginTheme theme) {
        Html code = new Page("totp-guard-reset.ftl").sectionsIn(theme);
        assertThat(code.byId("totp-guard-lost")).isEmpty();
        assertThat(code.get("totp-guard-lost-reason").text()).contains("administrator");
        assertThat(code.get("replace").attributes()).containsEntry("type", "checkbox");

        assertThat(code.byId("backupCode")).isEmpty();
        Html backup = new Page("totp-guard-reset.ftl")
                .with(
                        "totpGuardReset",
                        Page.reset(Map.of("proved", false, "mailLinkEnough", false, "backupCodes", true)))
                .sectionsIn(theme);
        assertThat(backup.get("backupCode").attributes()).containsEntry("name", "backupCode");

        Html mail = new Page("totp-guard-reset.ftl")
                .with(
                        "totpGuardReset",
                        Page.reset(Map.of("proved", false, "mailLinkEnough", true, "backupCodes", false)))
                .sectionsIn(theme);
        assertThat(mail.get("totp-guard-lost").attributes()).containsEntry("type", "submit");

        Html proved = new Page("totp-guard-reset.ftl")
                .with(
                        "totpGuardReset",
                        Page.reset(Map.of("proved", true, "mailLinkEnough", false, "backupCodes", false)))
                .sectionsIn(theme);
        assertThat(proved.byId("otp")).isEmpty();
        assertThat(proved.get("totp-guard-keep").attributes()).containsEntry("name", "keep");
        assertThat(proved.get("totp-guard-lost").attributes()).containsEntry("name", "lost");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("S39")
    @DisplayName("the proof asks for the user's first factor, has a button for a key, and links to the other factors")
    void prove(LoginTheme theme) {
        Html code = new Page("totp-guard-prove.ftl").sectionsIn(theme);
        assertThat(code.byId("otp")).isPresent();
        assertThat(code.get("totp-guard-prove-by-PASSKEY").attributes())
                .containsEntry("name", "proveBy")
                .containsEntry("value", "PASSKEY");
        Html backupCode = new Page("totp-guard-prove.ftl")
                .with("totpGuardProof", Page.proof("BACKUP_CODES", false))
                .sectionsIn(theme);
        assertThat(backupCode.byId("backupCode")).isPresent();
        assertThat(backupCode.byId("otp")).isEmpty();
        Html key = new Page("totp-guard-prove.ftl")
                .with("totpGuardProof", Page.proof("SECURITY_KEY", true))
                .sectionsIn(theme);
        assertThat(key.byId("otp")).isEmpty();
        assertThat(key.get("totp-guard-submit").attributes())
                .containsEntry("name", "proveBy")
                .containsEntry("value", "SECURITY_KEY");
        assertThat(key.get("totp-guard-prove-key").text()).contains("Have your security key ready");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("if one page asks for both, a button leads to the backup code and another one back")
    void changeOnPage(LoginTheme theme) {
        Html code = new Page("totp-guard-code.ftl")
                .with("totpGuardTakesBackupCode", true)
                .sectionsIn(theme);
        assertThat(code.get("totp-guard-use-backup-code").attributes()).containsEntry("name", "useBackupCode");
        Html backupCode = new Page("totp-guard-backup-code.ftl")
                .with("totpGuardOnCodePage", true)
                .sectionsIn(theme);
        assertThat(backupCode.get("totp-guard-use-app").attributes()).containsEntry("name", "useApp");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @Tag("N17")
    @DisplayName("the question for a lost device names the devices, and Enter answers no")
    void lost(LoginTheme theme) {
        Html html = new Page("totp-guard-lost.ftl").sectionsIn(theme);
        assertThat(html.elements("button").get(0).attributes()).containsEntry("name", "no");
        assertThat(html.get("device-1").attributes())
                .containsEntry("type", "radio")
                .containsEntry("value", "id-1")
                .doesNotContainKey("checked");
        assertThat(html.elements("label"))
                .extracting(label -> label.attribute("for").orElse(""))
                .contains("device-1", "device-2");
        assertThat(html.get("totp-guard-replace").attributes()).containsEntry("name", "replace");
        assertThat(html.get("totp-guard-stolen").attributes()).containsEntry("name", "stolen");
        Html one = new Page("totp-guard-lost.ftl")
                .with("totpGuardDevices", List.of(Map.of("id", "id-1", "label", "Blue phone")))
                .sectionsIn(theme);
        assertThat(one.get("device-1").attributes()).containsKey("checked");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("Rename stands beside each device, names it for a screen reader, and never replaces the main button")
    void renameBesideDevices(LoginTheme theme) {
        for (String template : List.of("totp-guard-setup.ftl", "totp-guard-limit.ftl", "totp-guard-lost.ftl")) {
            Html html = new Page(template).sectionsIn(theme);
            for (int number = 1; number <= 2; number++) {
                String device = number == 1 ? "Blue phone" : "Old phone";
                assertThat(html.get("totp-guard-rename-" + number).attributes())
                        .as(template)
                        .containsEntry("name", "rename")
                        .containsEntry("value", "id-" + number)
                        .containsEntry("aria-label", "Rename " + device);
                assertThat(html.get("totp-guard-rename-" + number).text()).isEqualTo("Rename");
            }
            // Enter in a field presses the first button of a form.
            assertThat(html.elements("button").stream()
                            .filter(button -> button.attributes()
                                    .getOrDefault("type", "submit")
                                    .equals("submit"))
                            .findFirst()
                            .flatMap(button -> button.attribute("name")))
                    .as(template)
                    .isNotEqualTo(Optional.of("rename"));
        }
        assertThat(replacing(new Page("totp-guard-setup.ftl")).sectionsIn(theme).source())
                .doesNotContain("name=\"rename\"");
        assertThat(new Page("totp-guard-setup.ftl")
                        .with("totpGuardDevices", List.of())
                        .sectionsIn(theme)
                        .source())
                .doesNotContain("totp-guard-devices");
        assertThat(new Page("totp-guard-rename.ftl")
                        .with("totpGuardChosen", "id-2")
                        .sectionsIn(theme)
                        .get("label-id-2")
                        .attributes())
                .containsKey("autofocus");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("every device has a field for its name, and an error is shown at its field")
    void rename(LoginTheme theme) {
        Html html =
                new Page("totp-guard-rename.ftl").withError("label-id-2", ERROR).sectionsIn(theme);
        assertThat(html.get("label-id-1").attributes())
                .containsEntry("value", "Blue phone")
                .containsEntry("aria-invalid", "false");
        assertThat(html.get("label-id-2").attributes())
                .containsEntry("aria-invalid", "true")
                .containsEntry("aria-describedby", "input-error-label-id-2");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("set-up can be put off only if the page says until when")
    void notNow(LoginTheme theme) {
        assertThat(new Page("totp-guard-setup.ftl").sectionsIn(theme).byId("totp-guard-not-now"))
                .isEmpty();
        Html html = new Page("totp-guard-setup.ftl")
                .with("totpGuardGraceUntil", "1 December 2026, 10:00")
                .sectionsIn(theme);
        assertThat(html.get("totp-guard-not-now").attributes()).containsEntry("name", "notNow");
        assertThat(html.source()).contains("You can put this off until 1 December 2026, 10:00.");
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("the code page offers trust in the browser, with its days and not ticked, only if the policy has days")
    void trust(LoginTheme theme) {
        for (Map.Entry<Integer, String> days :
                Map.of(30, "for 30 days", 1, "for one day").entrySet()) {
            Html html = new Page("totp-guard-code.ftl")
                    .with("totpGuardTrustDays", days.getKey())
                    .sectionsIn(theme);
            assertThat(html.get("trustBrowser").attributes())
                    .containsEntry("type", "checkbox")
                    .containsEntry("name", "trustBrowser")
                    .doesNotContainKey("checked");
            assertThat(html.source()).contains(days.getValue());
        }
        assertThat(new Page("totp-guard-code.ftl")
                        .with("totpGuardTrustDays", 0)
                        .sectionsIn(theme)
                        .byId("trustBrowser"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LoginTheme.class)
    @DisplayName("the page for an unavailable server has a link to start again, and no field")
    void unavailable(LoginTheme theme) {
        Html html = new Page("totp-guard-unavailable.ftl").sectionsIn(theme);

        assertThat(html.elements("input")).isEmpty();
        assertThat(html.get("totp-guard-restart").attribute("href"))
                .hasValue("http://localhost/realms/demo/login-actions/restart");
    }

    /** Variants that together change every element of a page. */
    private static List<Html> variants(String template, LoginTheme theme) {
        List<Html> variants = new ArrayList<>();
        variants.add(new Page(template).sectionsIn(theme));
        variants.add(new Page(template)
                .askedForByAnApplication()
                .withSetup("standardParameters", false)
                .withError("otp", ERROR)
                .withError("code", ERROR)
                .withError("label", ERROR)
                .with("totpGuardHint", true)
                .with("totpGuardMailLink", true)
                .with("totpGuardHelp", Page.help("https://acme.example", "https://acme.example", true))
                .withBackupCodes("confirmedByCode", true)
                .withBackupCodes("left", 1)
                .withError("backupCode", ERROR)
                .with(
                        "totpGuardReset",
                        Page.reset(Map.of("proved", false, "mailLinkEnough", true, "backupCodes", true)))
                .sectionsIn(theme));
        variants.add(new Page(template)
                .withError("device", ERROR)
                .withError("label-id-1", ERROR)
                .with("totpGuardGraceUntil", "1 December 2026, 10:00")
                .with("totpGuardDevices", List.of())
                .with("totpGuardProofFor", "REMOVAL")
                .sectionsIn(theme));
        variants.add(replacing(new Page(template))
                .withOtherWaysToSignIn()
                .with("totpGuardHelp", Page.help("Service desk", "", false))
                .with(
                        "totpGuardProofWays",
                        List.of(Map.of("way", "PASSKEY", "use", "totpGuard.prove.use.PASSKEY", "key", true)))
                .withBackupCodes("offer", true)
                .withBackupCodes("left", 2)
                .withError("saved", ERROR)
                .with(
                        "totpGuardReset",
                        Page.reset(Map.of("proved", true, "mailLinkEnough", false, "backupCodes", false)))
                .sectionsIn(theme));
        return variants;
    }
}
