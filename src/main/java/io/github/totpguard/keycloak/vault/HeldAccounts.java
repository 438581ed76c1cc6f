package io.github.totpguard.keycloak.vault;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All accounts of a caller, looked up once for many ids. */
final class HeldAccounts {
    private final Map<AccountId, AccessibleAccount> held;

    private HeldAccounts(Map<AccountId, AccessibleAccount> held) {
        this.held = held;
    }

    static HeldAccounts of(VaultCaller caller) {
        return new HeldAccounts(AccessibleAccount.all(caller)
                .collect(Collectors.toMap(AccessibleAccount::id, Function.identity(), (first, second) -> first)));
    }

    Optional<AccessibleAccount> find(AccountId id) {
        return Optional.ofNullable(held.get(id));
    }
}
