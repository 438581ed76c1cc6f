package io.github.totpguard.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Style sheet and script")
class ResourcesTest {
    private static final Pattern ID_IN_SCRIPT = Pattern.compile("getElementById\\(\"([^\"]+)\"\\)");

    /** The only rule for an element that is not ours: without it, our pages scroll sideways on a phone. */
    private static final String KEYCLOAKS_TOOLTIP = ".kc-login-tooltip .kc-tooltip-text";

    /** The rule that prints nothing but the backup codes. It applies only to the page that has them. */
    private static final String PRINTED_CODES = "body:has(#totp-guard-backup-codes-page) ";

    @Test
    @DisplayName("the style sheet loads no other file and does not change the theme's own pages")
    void styleSheet() throws IOException {
        String css = read("totp-guard.css").replaceAll("(?s)/\\*.*?\\*/", "");

        assertThat(css).doesNotContain("url(", "@import", "data:");
        assertThat(Pattern.compile("([^{}]+)\\{").matcher(css).results().map(rule -> rule.group(1)
                        .strip()))
                .isNotEmpty()
                .filteredOn(selector -> !selector.equals(KEYCLOAKS_TOOLTIP) && !selector.startsWith(PRINTED_CODES))
                .allSatisfy(selector -> assertThat(selector).matches("@media .*|[.#]totp-guard[^,]*(\\([^)]*\\).*)?"));
    }

    @Test
    @DisplayName("the script finds its elements on the pages, and creates no markup or code from text")
    void script() throws IOException {
        String script = read("totp-guard.js");

        for (LoginTheme theme : List.of(LoginTheme.KEYCLOAK_V2, LoginTheme.KEYCLOAK_V1)) {
            String page =
                    new Page("totp-guard-setup.ftl").withOtherWaysToSignIn().in(theme)
                            + new Page("totp-guard-backup-codes.ftl").in(theme)
                            + new Page("totp-guard-locked.ftl").in(theme);
            assertThat(ID_IN_SCRIPT.matcher(script).results().map(id -> id.group(1)))
                    .isNotEmpty()
                    .allSatisfy(id -> assertThat(page).contains("id=\"" + id + "\""));
        }
        assertThat(script).doesNotContain("innerHTML", "eval(", "Function(");
        // A timer that gets a text would run it as code.
        assertThat(Pattern.compile("set(Timeout|Interval)\\((?!\\(\\) =>|function )")
                        .matcher(script)
                        .results())
                .isEmpty();
    }

    private static String read(String name) throws IOException {
        String resource = "theme-resources/resources/totp-guard/" + name;
        try (InputStream stream = ResourcesTest.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
