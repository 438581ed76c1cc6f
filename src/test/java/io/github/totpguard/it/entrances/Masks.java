package io.github.totpguard.it.entrances;

import io.github.totpguard.harness.Http;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Masks the parts of a server's answers that differ between two servers of the same kind: addresses, session codes,
 * secrets, times. Ids become numbers in order of appearance, so that a comparison still shows whether two answers name
 * the same object.
 */
final class Masks {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final Map<Pattern, String> RULES = rules();

    /** Keycloak lists them in the order of a set, which changes from one answer to the next. */
    private static final Pattern APPS =
            Pattern.compile("(?<=<ul id=\"kc-totp-supported-apps\">)(.*?)(?=</ul>)", Pattern.DOTALL);

    /** Also in the order of a set. */
    private static final Pattern SCOPE = Pattern.compile("(?<=\"scope\" ?: ?\")[^\"]+");

    private final String host;
    private final String encodedHost;
    private final List<Pattern> secrets = new ArrayList<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    Masks(URI server) {
        this.host = server.getAuthority();
        this.encodedHost = Http.encode(server.getAuthority());
    }

    private static Map<Pattern, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("/resources/[a-z0-9]{4,6}/", "/resources/<version>/");
        rules.put(
                "(?<=[?&;])(session_code|tab_id|client_data|code|state|session_state|nonce|code_challenge|key)=[^&\"'\\s]+",
                "$1=<random>");
        rules.put("(?i)(Set-Cookie: [A-Z_]+)=[^;]+", "$1=<value>");
        rules.put("data:image/png;base64, ?[A-Za-z0-9+/=]+", "<picture>");
        rules.put("(name=\"(?:totpSecret|generatedRecoveryAuthnCodes)\" value)=\"[^\"]+\"", "$1=\"<secret>\"");
        rules.put("(id=\"kc-totp-secret-key\")>[^<]+<", "$1><secret><");
        rules.put("(?<=<li>)[A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4}(?=</li>)", "<recovery code>");
        rules.put("(\\buserid : )\"[^\"]+\"", "$1\"<id of the user in base64>\"");
        // A token lives until its session ends, which may be a second closer when the token is made.
        rules.put("(expires_in\":)\\d+", "$1<seconds>");
        rules.put("(challenge ?: ?)['\"][^'\"]+['\"]", "$1<random>");
        rules.put("(checkAuthSession\\(\\s*)\"[^\"]+\"", "$1<random>");
        rules.put(
                "(\"(?:access_token|refresh_token|id_token|session_state|sid|nonce|at_hash|code_id|sessionId)\"\\s*:\\s*)\"[^\"]+\"",
                "$1\"<random>\"");
        rules.put("\\b1[789]\\d{8}(\\d{3})?\\b", "<time>");
        Map<Pattern, String> compiled = new LinkedHashMap<>();
        rules.forEach((pattern, replacement) -> compiled.put(Pattern.compile(pattern), replacement));
        return compiled;
    }

    /** Masks this value from now on. */
    void hide(String secret) {
        if (!secret.isBlank()) {
            // Matches only whole words, because six digits may be part of an id.
            secrets.add(Pattern.compile("(?<!\\w)" + Pattern.quote(secret) + "(?!\\w)"));
        }
    }

    String mask(String text) {
        String masked = text.replace(host, "<server>").replace(encodedHost, "<server>");
        for (Pattern secret : secrets) {
            masked = secret.matcher(masked).replaceAll("<entered>");
        }
        for (Map.Entry<Pattern, String> rule : RULES.entrySet()) {
            masked = rule.getKey().matcher(masked).replaceAll(rule.getValue());
        }
        masked = APPS.matcher(masked).replaceAll(apps -> Matcher.quoteReplacement(sorted(apps.group())));
        masked = SCOPE.matcher(masked).replaceAll(scope -> sortedWords(scope.group()));
        return ID.matcher(masked).replaceAll(this::number);
    }

    private static String sorted(String lines) {
        return lines.lines().sorted().collect(Collectors.joining("\n"));
    }

    private static String sortedWords(String words) {
        return Arrays.stream(words.split(" ")).sorted().collect(Collectors.joining(" "));
    }

    /** The text without ids, to sort by: the order must not depend on ids. */
    static String withoutIds(String text) {
        return ID.matcher(text).replaceAll("");
    }

    private String number(MatchResult id) {
        return ids.computeIfAbsent(id.group(), key -> "<id " + (ids.size() + 1) + ">");
    }
}
