package io.github.totpguard.demo;

import java.util.ArrayList;
import java.util.List;

/** What the console shows once the demo runs. */
final class Box {

    private Box() {}

    static String of(DemoSettings settings, People people) {
        List<String> lines = new ArrayList<>();
        lines.add("TOTP Guard for Keycloak: the demo is running");
        lines.add("");
        lines.add("Start here   " + settings.site() + "/");
        lines.add("  an application to sign in to, all users with their current codes (no phone needed),");
        lines.add("  the mails that Keycloak sends, and a page to try one-time codes");
        lines.add("");
        lines.add("Users        the password is the name");
        for (Person person : people.all()) {
            lines.add("  %-8s   %s".formatted(person.name(), person.situation()));
        }
        lines.add("");
        lines.add("Account      " + settings.realmUri() + "/account");
        lines.add("Vault        " + settings.realmUri() + "/totp-guard/vault");
        lines.add("Administer   " + settings.keycloak() + "/admin/   (admin / admin)");
        lines.add("");
        lines.add("A code in another terminal, here for bob:");
        lines.add("  echo " + people.named("bob").key().orElseThrow().toBase32()
                + " | java -jar target/totp-guard-cli.jar code");
        lines.add("");
        lines.add("Ctrl-C stops it. What you do is kept in target/"
                + settings.home().getFileName() + "/data. Delete that directory to begin again.");
        return frame(lines);
    }

    private static String frame(List<String> lines) {
        int width = lines.stream().mapToInt(String::length).max().orElseThrow();
        String rule = "+" + "-".repeat(width + 2) + "+";
        StringBuilder box = new StringBuilder("\n").append(rule).append('\n');
        lines.forEach(line -> box.append("| ")
                .append(line)
                .append(" ".repeat(width - line.length()))
                .append(" |\n"));
        return box.append(rule).append('\n').toString();
    }
}
