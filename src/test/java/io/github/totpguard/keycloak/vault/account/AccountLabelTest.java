package io.github.totpguard.keycloak.vault.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

class AccountLabelTest {
    @Example
    @Label("a label is issuer and name or only the name, with a number if it is already in use")
    void numbered() {
        assertThat(AccountLabel.of(Optional.of("Acme"), "alice", Set.of())).isEqualTo("Acme (alice)");
        assertThat(AccountLabel.of(Optional.empty(), "alice", Set.of("acme (alice)")))
                .isEqualTo("alice");
        assertThat(AccountLabel.of(Optional.of("ACME"), "alice", Set.of("acme (alice)", "acme (alice) 2")))
                .isEqualTo("ACME (alice) 3");
    }

    @Property(tries = 200)
    @Label("for any names, a label fits into the column, keeps whole characters and is unique")
    void fits(@ForAll String issuer, @ForAll String account) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            String label = AccountLabel.of(Optional.of(issuer.repeat(9)), account, taken);
            assertThat(label.length()).isLessThanOrEqualTo(AccountLabel.MAX_LENGTH);
            assertThat(taken.add(AccountLabel.lowerCase(label))).isTrue();
        }
    }

    @Example
    @Label("a surrogate pair is not split")
    void surrogates() {
        String label = AccountLabel.of(Optional.empty(), "x".repeat(254) + "\uD83D\uDD11", Set.of());
        assertThat(label).isEqualTo("x".repeat(254));
    }
}
