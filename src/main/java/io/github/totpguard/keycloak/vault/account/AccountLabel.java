package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.policy.UniqueLabel;
import java.util.Optional;
import java.util.Set;

/** The credential's label, by which administrators see an account. Keycloak refuses the same label twice. */
final class AccountLabel {
    /** What fits into Keycloak's column. */
    static final int MOST = 255;

    private AccountLabel() {}

    /** @param taken other labels of the user, in lower case */
    static String of(Optional<String> issuer, String account, Set<String> taken) {
        String name = issuer.map(text -> text + " (" + account + ")").orElse(account);
        return new UniqueLabel(taken, MOST, number -> " " + number).of(name);
    }

    static String lowerCase(String label) {
        return UniqueLabel.comparable(label);
    }
}
