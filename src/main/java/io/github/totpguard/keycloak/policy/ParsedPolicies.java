package io.github.totpguard.keycloak.policy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The last policy of each realm, with what it was parsed from. It is returned as long as the same is stored, so a change needs no
 * notice: it counts at once, on every node. Safe for use by several threads.
 */
final class ParsedPolicies {
    /** A server with more realms parses more often. */
    static final int MAX_REALMS = 1000;

    private final Function<StoredPolicy, GuardPolicy> parser;
    private final Map<String, Parsed> byRealm = new ConcurrentHashMap<>();

    private record Parsed(StoredPolicy from, GuardPolicy policy) {}

    /** @param parser throws {@link InvalidPolicyException} if a setting cannot be followed; that is not remembered */
    ParsedPolicies(Function<StoredPolicy, GuardPolicy> parser) {
        this.parser = parser;
    }

    /** @throws InvalidPolicyException if a stored setting cannot be followed, each time */
    GuardPolicy of(String realmId, StoredPolicy stored) {
        Parsed known = byRealm.get(realmId);
        return known != null && known.from().equals(stored) ? known.policy() : parse(realmId, stored.copy());
    }

    private GuardPolicy parse(String realmId, StoredPolicy stored) {
        GuardPolicy policy = parser.apply(stored);
        if (byRealm.size() >= MAX_REALMS && !byRealm.containsKey(realmId)) {
            // Rare and cheap: each realm in use is parsed once more. To drop the oldest alone would need a lock.
            byRealm.clear();
        }
        byRealm.put(realmId, new Parsed(stored, policy));
        return policy;
    }

    int size() {
        return byRealm.size();
    }
}
