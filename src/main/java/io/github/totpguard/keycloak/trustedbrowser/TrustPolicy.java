package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.RealmModel;

/** The settings for trusted browsers in a realm's policy. */
final class TrustPolicy {
    private TrustPolicy() {}

    /** How long a browser stays trusted; empty if browsers are not trusted. */
    static Optional<Duration> life(RealmModel realm) {
        try {
            return GuardPolicy.of(realm)
                    .map(GuardPolicy::trustedBrowserDays)
                    .filter(days -> days > 0)
                    .map(Duration::ofDays);
        } catch (InvalidPolicyException e) {
            // The gate reports the invalid policy at the next code.
            return Optional.empty();
        }
    }
}
