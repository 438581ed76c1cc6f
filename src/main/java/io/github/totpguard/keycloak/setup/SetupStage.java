package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.LostDevice;
import io.github.totpguard.keycloak.page.DeviceProof;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.List;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.Constants;
import org.keycloak.models.credential.OTPCredentialModel;

/** One page of the set-up and what its form does. */
interface SetupStage {
    void show(RequiredActionContext context);

    void process(RequiredActionContext context);

    /** Whoever has a device, or backup codes, proves it before anything else; whoever has enough of them adds none. */
    static SetupStage of(RequiredActionContext context, GuardPolicy policy) {
        Set<String> replaced =
                DeviceReplacement.in(context.getAuthenticationSession()).credentialIds();
        List<String> devices = context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                .map(CredentialModel::getId)
                .toList();
        if (replaced.isEmpty() && DeviceProof.isMissing(context)) {
            return new ProveStage(policy);
        }
        if (LostDevice.in(context.getAuthenticationSession()).isAsked()) {
            return new LostStage(policy);
        }
        if (!devices.isEmpty() && RenameStage.isWanted(context.getAuthenticationSession())) {
            return new RenameStage(policy);
        }
        long kept = devices.stream().filter(id -> !replaced.contains(id)).count();
        return kept < policy.maxDevices() ? new EnrolStage(policy) : new LimitStage(policy);
    }

    /** Whether this is what the application sent its user for ({@code kc_action}). */
    static boolean isAskedForByApplication(RequiredActionContext context) {
        return context.getAction()
                .equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING));
    }
}
