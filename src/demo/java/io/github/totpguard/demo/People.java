package io.github.totpguard.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.totpguard.core.otp.OtpSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The users of the demo: what the realm's file says of them, and what a visitor should know. */
final class People {

    static final String LOCKED = "carol";
    static final String VAULT_OWNER = "grace";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Person> all;

    private People(List<Person> all) {
        this.all = all;
    }

    /** @throws IOException if the file cannot be read, or a user of this list is not in it */
    static People read(Path realm) throws IOException {
        JsonNode users = JSON.readTree(Files.readString(realm)).path("users");
        List<Person> all = new ArrayList<>();
        all.add(person(
                users,
                "alice",
                "has no second factor yet.",
                "Sign in and set up a device, with your phone or with the key and the page “One-time codes”."));
        all.add(person(
                users,
                "bob",
                "has a device that Keycloak itself made, before TOTP Guard.",
                "Sign in with its code. From then on its key is encrypted in the database."));
        all.add(person(
                users,
                LOCKED,
                "is locked for 15 minutes after five wrong codes in a row.",
                "Sign in: even the right code is refused, and the page says until when. Read the mail about it, too."));
        Person dave = person(
                users,
                "dave",
                "has only two backup codes left.",
                "On the code page open “Can't use your app?”, choose a backup code, and enter the first one.");
        all.add(new Person(
                dave.name(),
                dave.situation(),
                dave.task(),
                dave.key(),
                List.of("11: K7QF9TRMX2WH", "12: B4NZ6PVJY8GD")));
        all.add(person(
                users,
                "erin",
                "may trust a browser, which is then not asked for a code.",
                "Tick “Trust this browser” on the code page, sign out, and sign in again: no code is needed."));
        all.add(person(
                users,
                "frank",
                "must set up a second factor within 14 days.",
                "Sign in: the page says until when, and “Not now” postpones it."));
        all.add(person(
                users,
                VAULT_OWNER,
                "keeps the one-time codes of other services in the vault.",
                "Open the vault and sign in."));
        return new People(List.copyOf(all));
    }

    List<Person> all() {
        return all;
    }

    Person named(String name) {
        return all.stream()
                .filter(person -> person.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Person person(JsonNode users, String name, String situation, String task) throws IOException {
        for (JsonNode user : users) {
            if (name.equals(user.path("username").asText())) {
                return new Person(name, situation, task, key(user), List.of());
            }
        }
        throw new IOException("The realm's file has no user " + name);
    }

    private static Optional<OtpSecret> key(JsonNode user) throws IOException {
        for (JsonNode credential : user.path("credentials")) {
            if ("otp".equals(credential.path("type").asText())) {
                JsonNode secret = JSON.readTree(credential.path("secretData").asText());
                return Optional.of(OtpSecret.ofBase32(secret.path("value").asText()));
            }
        }
        return Optional.empty();
    }
}
