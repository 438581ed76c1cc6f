package io.github.totpguard.keycloak.vault;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All accounts of a caller, looked up once for many ids. */
final class HeldAccounts {
    private final Map<AccountId, HeldAccount> held;

    private HeldAccounts(Map<AccountId, HeldAccount> held) {
        this.held = held;
    }

    static HeldAccounts of(VaultCaller caller) {
        return new HeldAccounts(HeldAccount.all(caller)
                .collect(Collectors.toMap(HeldAccount::id, Function.identity(), (first, second) -> first)));
    }

    Optional<HeldAccount> find(AccountId id) {
        return Optional.ofNullable(held.get(id));
    }
}
