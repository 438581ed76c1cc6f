package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.SecondFactorProof;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.credential.OTPCredentialModel;

/** One page of the set-up and what its form does. */
interface SetupStage {
    void show(RequiredActionContext context);

    void process(RequiredActionContext context);

    /** Whoever has a device proves it before anything else; whoever has enough of them adds none. */
    static SetupStage of(RequiredActionContext context, GuardPolicy policy) {
        long devices = context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                .count();
        if (devices > 0 && !isProved(context)) {
            return new ProveStage(policy);
        }
        return devices < policy.maxDevices() ? new EnrolStage(policy) : new LimitStage(policy.maxDevices());
    }

    private static boolean isProved(RequiredActionContext context) {
        return SecondFactorProof.isGiven(
                context.getSession(), context.getRealm(), context.getUser(), context.getAuthenticationSession());
    }
}
