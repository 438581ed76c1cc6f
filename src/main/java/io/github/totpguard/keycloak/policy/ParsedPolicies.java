package io.github.totpguard.keycloak.policy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Caches the last policy of each realm together with the stored settings that it was parsed from. It is returned while
 * the stored settings are the same. A change therefore needs no notification and applies at once on every node. This
 * class is thread-safe.
 */
final class ParsedPolicies {
    /** The maximum number of cached policies. A server with more realms parses policies more often. */
    static final int MAX_REALMS = 1000;

    private final Function<StoredPolicy, GuardPolicy> parser;
    private final Map<String, Parsed> byRealm = new ConcurrentHashMap<>();

    private record Parsed(StoredPolicy from, GuardPolicy policy) {}

    /** @param parser throws {@link InvalidPolicyException} if a setting is invalid; that result is not cached */
    ParsedPolicies(Function<StoredPolicy, GuardPolicy> parser) {
        this.parser = parser;
    }

    /** @throws InvalidPolicyException on every call while a stored setting is invalid */
    GuardPolicy of(String realmId, StoredPolicy stored) {
        Parsed known = byRealm.get(realmId);
        return known != null && known.from().equals(stored) ? known.policy() : parse(realmId, stored.copy());
    }

    private GuardPolicy parse(String realmId, StoredPolicy stored) {
        GuardPolicy policy = parser.apply(stored);
        if (byRealm.size() >= MAX_REALMS && !byRealm.containsKey(realmId)) {
            // This is rare and cheap: each realm in use is parsed once more. Removing only the oldest entry would need
            // a lock.
            byRealm.clear();
        }
        byRealm.put(realmId, new Parsed(stored, policy));
        return policy;
    }

    int size() {
        return byRealm.size();
    }
}
