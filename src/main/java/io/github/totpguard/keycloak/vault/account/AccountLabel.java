package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.policy.UniqueLabel;
import java.util.Optional;
import java.util.Set;

/** The credential's label, which administrators see as the name of an account. Keycloak refuses a duplicate label. */
final class AccountLabel {
    /** The length of Keycloak's column. */
    static final int MAX_LENGTH = 255;

    private AccountLabel() {}

    /** @param taken the user's other labels, in lower case */
    static String of(Optional<String> issuer, String account, Set<String> taken) {
        String name = issuer.map(text -> text + " (" + account + ")").orElse(account);
        return new UniqueLabel(taken, MAX_LENGTH, number -> " " + number).of(name);
    }

    static String lowerCase(String label) {
        return UniqueLabel.comparable(label);
    }
}
