package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.LostDeviceQuestion;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.page.FactorProof;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;

/** One page of the set-up, and the processing of its form. */
interface SetupStage {
    void show(RequiredActionContext context);

    void process(RequiredActionContext context);

    /**
     * Decides the stage. A user who has a second factor proves it before anything else. A user who has the maximum
     * number of devices cannot add one.
     */
    static SetupStage of(RequiredActionContext context, GuardPolicy policy) {
        SetupRequest request = SetupRequest.in(context);
        DeviceReplacement replacement = DeviceReplacement.in(context.getAuthenticationSession());
        List<String> devices = UserFactors.of(context.getUser()).ids(SecondFactor.DEVICE);
        ProofAfterReset afterReset = ProofAfterReset.in(context.getAuthenticationSession());
        if (replacement.credentialIds().isEmpty() && FactorProof.isMissing(context)) {
            return new ProveStage(policy, afterReset.isDue() ? FactorProof.For.LOGIN : FactorProof.For.DEVICE);
        }
        if (afterReset.isAll()) {
            return new DoneStage();
        }
        if (!devices.isEmpty() && RenameStage.isEntered(context.getAuthenticationSession())) {
            return new RenameStage(policy, Optional.empty());
        }
        if (LostDeviceQuestion.in(context.getAuthenticationSession()).isAsked()) {
            return new LostStage(policy);
        }
        if (request.isRefused()) {
            return new GoneStage(policy);
        }
        // The link of a mail can begin a replacement without a proof. It must not rename a device without one.
        if (!devices.isEmpty() && replacement.credentialIds().isEmpty() && RenameStage.isWanted(context)) {
            return new RenameStage(policy, request.device());
        }
        request.begin();
        Set<String> replaced = replacement.credentialIds();
        long kept = devices.stream().filter(id -> !replaced.contains(id)).count();
        return kept < policy.maxDevices() ? new EnrolStage(policy) : new LimitStage(policy);
    }

    /** Whether the user or an administrator has requested set-up, regardless of a replacement. */
    static boolean isWantedOtherwise(RequiredActionContext context) {
        boolean wantedByUser =
                context.getAction().equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION));
        boolean wantedByAdministrator =
                context.getUser().getRequiredActionsStream().anyMatch(context.getAction()::equals);
        return wantedByUser || wantedByAdministrator;
    }

    /** Whether the application has requested this action ({@code kc_action}). */
    static boolean isAskedForByApplication(RequiredActionContext context) {
        return context.getAction()
                .equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING));
    }
}
