package io.github.totpguard.demo;

import com.nimbusds.oauth2.sdk.id.State;
import io.github.totpguard.demo.SignIn.SignInException;
import io.github.totpguard.demo.SignIn.SignedIn;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The application that users of the demo sign in to. It shows what Keycloak says of the login. */
final class ApplicationPage {

    static final String PATH = "/app";
    static final String CALLBACK = "/app/callback";

    /** The name of the cookie of a login that has begun. */
    private static final String LOGIN = "demo-login";

    private static final String CLIENT = "demo-app";
    private static final String ACR = "acr_values";
    private static final String ACTION = "kc_action";

    /** The claims that say how the user signed in; each with its meaning. */
    private static final Map<String, String> EXPLAINED = Map.of(
            "amr", "the methods of this login",
            "acr", "the level of this login",
            "auth_time", "when the user last proved who they are");

    private static final List<String> SHOWN = List.of("preferred_username", "name", "email", "amr", "acr", "auth_time");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final DemoSettings settings;
    private final Map<String, SignIn> begun = new ConcurrentHashMap<>();
    private final Map<String, SignedIn> signedIn = new ConcurrentHashMap<>();

    ApplicationPage(DemoSettings settings) {
        this.settings = settings;
    }

    Answer answer(Visit visit) {
        return switch (visit.path()) {
            case PATH -> show(visit, "");
            case PATH + "/sign-in" -> begin(CLIENT, Map.of());
            case PATH + "/sign-in-by-password" -> begin(RealmPreparation.STEP_UP_CLIENT, Map.of(ACR, "password"));
            case PATH + "/step-up" -> begin(RealmPreparation.STEP_UP_CLIENT, Map.of(ACR, "code"));
            case PATH + "/add-device" -> begin(CLIENT, Map.of(ACTION, "CONFIGURE_TOTP"));
            case PATH + "/backup-codes" -> begin(CLIENT, Map.of(ACTION, "CONFIGURE_RECOVERY_AUTHN_CODES"));
            case PATH + "/sign-out" -> signOut(visit);
            case CALLBACK -> complete(visit);
            default -> Site.notFound();
        };
    }

    /** Each login has a cookie of its own: only the browser that began a login can complete it. */
    private Answer begin(String client, Map<String, String> parameters) {
        SignIn signIn = new SignIn(settings, client, parameters);
        String login = new State().getValue();
        begun.put(login, signIn);
        return Answer.redirect(signIn.uri())
                .with("Set-Cookie", LOGIN + "=" + login + "; Path=" + CALLBACK + "; HttpOnly; SameSite=Lax");
    }

    private Answer complete(Visit visit) {
        Optional<SignIn> signIn = visit.cookie(LOGIN).map(begun::remove);
        if (signIn.isEmpty()) {
            return show(visit, "This login did not begin in this browser, or the demo was restarted. Sign in again.");
        }
        try {
            SignedIn done = signIn.get().complete(settings.site().resolve(visit.uri()));
            visit.cookie(Visit.SESSION).ifPresent(signedIn::remove);
            String session = new State().getValue();
            signedIn.put(session, done);
            return Answer.redirect(PATH)
                    .with("Set-Cookie", Visit.SESSION + "=" + session + "; Path=/; HttpOnly; SameSite=Lax");
        } catch (SignInException e) {
            return show(visit, e.getMessage());
        }
    }

    private Answer signOut(Visit visit) {
        return visit.cookie(Visit.SESSION)
                .map(signedIn::remove)
                .map(done -> Answer.redirect(SignIn.signOut(settings, done)))
                .orElseGet(() -> Answer.redirect(PATH));
    }

    private Answer show(Visit visit, String problem) {
        String says = problem.isEmpty() ? "" : says(problem);
        return Answer.html(visit.cookie(Visit.SESSION)
                .map(signedIn::get)
                .map(done -> Html.page("You are signed in", says + signedIn(done)))
                .orElseGet(() -> Html.page("The application", says + signedOut())));
    }

    private static String signedOut() {
        return """
                <p>This application asks Keycloak who you are. Sign in as any of the <a href="/">users</a>.</p>
                <p class="actions">
                <a class="button" id="sign-in" href="/app/sign-in">Sign in</a>
                <a class="button second" id="sign-in-by-password" href="/app/sign-in-by-password">Sign in with the
                password alone</a>
                </p>
                <p class="soft">After a login with the password alone, the application asks for the code when it needs
                one (step-up).</p>
                """;
    }

    private String signedIn(SignedIn done) {
        StringBuilder page = new StringBuilder();
        done.actionStatus().ifPresent(status -> page.append(says("Keycloak says about your request: " + status + ".")));
        page.append("<p>This is what Keycloak tells the application (the claims of the ID token):</p>");
        page.append("<dl class=\"card\" id=\"claims\">");
        for (String claim : SHOWN) {
            String meaning =
                    EXPLAINED.containsKey(claim) ? " <span class=\"soft\">(" + EXPLAINED.get(claim) + ")</span>" : "";
            page.append("<dt>")
                    .append(claim)
                    .append("</dt><dd><span id=\"claim-")
                    .append(claim)
                    .append("\">");
            page.append(Html.escape(value(claim, done.claims().get(claim)))).append("</span>");
            page.append(meaning).append("</dd>");
        }
        page.append("</dl>");
        page.append(
                """
                <p class="actions">
                <a class="button" id="step-up" href="/app/step-up">Ask for a code (step-up)</a>
                <a class="button second" id="add-device" href="/app/add-device">Set up another device</a>
                <a class="button second" id="backup-codes" href="/app/backup-codes">New backup codes</a>
                <a class="button second" id="sign-out" href="/app/sign-out">Sign out</a>
                </p>
                """);
        page.append("<p>").append(Html.link(settings.realmUri() + "/account", "Your account in Keycloak"));
        page.append(" · ").append(Html.link(settings.realmUri() + "/totp-guard/vault", "Your vault"));
        return page.append("</p>").toString();
    }

    private static String value(String claim, Object value) {
        if (value == null) {
            return "not in the token";
        }
        if (claim.equals("auth_time") && value instanceof Number seconds) {
            return TIME.format(Instant.ofEpochSecond(seconds.longValue()));
        }
        if (value instanceof List<?> values) {
            return values.isEmpty()
                    ? "none"
                    : String.join(", ", values.stream().map(String::valueOf).toList());
        }
        return value.toString();
    }

    private static String says(String text) {
        return "<p class=\"says\" id=\"says\">" + Html.escape(text) + "</p>";
    }
}
