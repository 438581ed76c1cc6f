package io.github.totpguard.keycloak.vault.account;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The credential's label, by which administrators see an account. Keycloak refuses the same label twice. */
final class AccountLabel {
    /** What fits into Keycloak's column. */
    static final int MOST = 255;

    private AccountLabel() {}

    /** @param taken other labels of the user, in lower case */
    static String of(Optional<String> issuer, String account, Set<String> taken) {
        String name = issuer.map(text -> text + " (" + account + ")").orElse(account);
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> number == 1 ? fit(name, "") : fit(name, " " + number))
                .filter(label -> !taken.contains(lowerCase(label)))
                .findFirst()
                .orElseThrow();
    }

    static String lowerCase(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }

    private static String fit(String name, String suffix) {
        int end = Math.min(name.length(), MOST - suffix.length());
        // Half a character is none.
        if (end < name.length() && Character.isHighSurrogate(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end) + suffix;
    }
}
