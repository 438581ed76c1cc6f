package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.time.Duration;
import org.keycloak.models.RealmModel;

/** How old a proof of a second factor may be. */
final class ProofAge {
    private ProofAge() {}

    /** With a policy that cannot be followed every proof is too old. */
    static Duration of(RealmModel realm) {
        try {
            return GuardPolicy.of(realm).map(GuardPolicy::proofMaxAge).orElse(Duration.ZERO);
        } catch (InvalidPolicyException e) {
            // The gate logs it when a code comes.
            return Duration.ofSeconds(-1);
        }
    }
}
