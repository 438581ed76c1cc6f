package io.github.totpguard.demo;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The first page: every user of the demo, with the situation, the task, and the code that a phone would show. */
final class UsersPage {

    static final String PATH = "/";
    static final String CODES = "/current-codes";
    static final String LOCK = "/lock";
    static final String UNLOCK = "/unlock";

    private final DemoSettings settings;
    private final People people;
    private final RealmPreparation preparation;

    UsersPage(DemoSettings settings, People people, RealmPreparation preparation) {
        this.settings = settings;
        this.people = people;
        this.preparation = preparation;
    }

    Answer show() {
        Instant now = Instant.now();
        StringBuilder page = new StringBuilder(
                """
                <p>Sign in to <a href="/app">the application</a> as one of these users. The password is the name. You
                need no phone: this page shows each user's current code, which changes every 30 seconds.</p>
                <ul class="cards" id="users">
                """);
        people.all().forEach(person -> page.append(card(person, now)));
        page.append("</ul><p>More to open: ");
        page.append(Html.link(settings.realmUri() + "/account", "account console"))
                .append(" · ");
        page.append(Html.link(settings.realmUri() + "/totp-guard/vault", "vault"))
                .append(" · ");
        page.append(Html.link(settings.keycloak() + "/admin/", "admin console")).append(" (admin / admin)</p>");
        return Answer.html(Html.page("Users of the demo", page.toString()));
    }

    /** The current codes as JSON, for the script of the page. */
    Answer codes() {
        Instant now = Instant.now();
        Map<String, String> users = new TreeMap<>();
        people.all().forEach(person -> person.code(now).ifPresent(code -> users.put(person.name(), code)));
        long period = Person.PARAMETERS.periodSeconds();
        long secondsLeft = period - Math.floorMod(now.getEpochSecond(), period);
        StringBuilder json =
                new StringBuilder("{\"secondsLeft\":").append(secondsLeft).append(",\"users\":{");
        users.forEach((name, code) -> json.append(json.charAt(json.length() - 1) == '{' ? "" : ",")
                .append('"')
                .append(name)
                .append("\":\"")
                .append(code)
                .append('"'));
        return Answer.of("application/json", json.append("}}").toString());
    }

    Answer lock() {
        preparation.lock(people.named(People.LOCKED));
        return Answer.redirect(PATH);
    }

    Answer unlock() {
        preparation.unlock(people.named(People.LOCKED));
        return Answer.redirect(PATH);
    }

    private String card(Person person, Instant now) {
        String name = person.name();
        StringBuilder card = new StringBuilder("<li class=\"card\" id=\"user-" + name + "\"><h2>" + name + "</h2><p>");
        card.append(Html.escape(capital(name) + " " + person.situation())).append("</p><p>");
        card.append(Html.escape(person.task())).append("</p>");
        person.code(now)
                .ifPresentOrElse(
                        code -> card.append("<p>Code: <span class=\"code\" data-code-of=\"" + name + "\">")
                                .append(code)
                                .append("</span></p><p class=\"soft\">Key for an app: <code>")
                                .append(person.groupedKey().orElseThrow())
                                .append("</code></p>"),
                        () -> card.append("<p class=\"soft\">Password: ")
                                .append(name)
                                .append("</p>"));
        for (String code : person.backupCodes()) {
            // Only the code is marked as one, because it is entered without its number.
            String[] numberAndCode = code.split(": ");
            card.append("<p>Backup code ").append(numberAndCode[0]).append(": <code>");
            card.append(numberAndCode[1]).append("</code></p>");
        }
        if (name.equals(People.LOCKED)) {
            card.append(lockButton(person));
        }
        if (name.equals(People.VAULT_OWNER)) {
            card.append("<p>")
                    .append(Html.link(settings.realmUri() + "/totp-guard/vault", "Open the vault"))
                    .append("</p>");
        }
        return card.append("</li>").toString();
    }

    private String lockButton(Person person) {
        boolean locked;
        try {
            locked = preparation.isLocked(person);
        } catch (DemoFailure e) {
            // A visitor may have switched TOTP Guard off, or removed the user.
            return "<p id=\"lock-state\">" + Html.escape("It is not known whether a lock holds: " + e.getMessage())
                    + "</p>";
        }
        return "<form method=\"post\" action=\"" + (locked ? UNLOCK : LOCK) + "\"><p id=\"lock-state\">"
                + (locked ? "The lock holds now." : "There is no lock now.") + "</p><button class=\"second\">"
                + (locked ? "Open the lock, as an administrator" : "Lock carol") + "</button></form>";
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
