package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.time.Duration;
import org.keycloak.models.RealmModel;

/** The maximum age of a proof of a second factor. */
final class ProofAge {
    private ProofAge() {}

    /** If the policy is invalid, every proof is too old. */
    static Duration of(RealmModel realm) {
        try {
            return GuardPolicy.of(realm).map(GuardPolicy::proofMaxAge).orElse(Duration.ZERO);
        } catch (InvalidPolicyException e) {
            // The gate logs the invalid policy at the next code.
            return Duration.ofSeconds(-1);
        }
    }
}
