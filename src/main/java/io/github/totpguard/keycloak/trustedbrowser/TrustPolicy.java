package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.RealmModel;

/** What a realm's policy says of trusted browsers. */
final class TrustPolicy {
    private TrustPolicy() {}

    /** How long a browser stays trusted; empty where none is. */
    static Optional<Duration> life(RealmModel realm) {
        try {
            return GuardPolicy.of(realm)
                    .map(GuardPolicy::trustedBrowserDays)
                    .filter(days -> days > 0)
                    .map(Duration::ofDays);
        } catch (InvalidPolicyException e) {
            // The gate says so when a code comes.
            return Optional.empty();
        }
    }
}
