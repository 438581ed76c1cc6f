package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.ChangeOfWaysIn;
import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.LostDeviceQuestion;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.notify.LoginDetails;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.List;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The devices that the new device replaces in this login, and the way back if the user cancels the replacement. */
final class Replacement {
    private final RequiredActionContext context;
    private final AuthenticationSessionModel authentication;

    private Replacement(RequiredActionContext context) {
        this.context = context;
        this.authentication = context.getAuthenticationSession();
    }

    static Replacement in(RequiredActionContext context) {
        return new Replacement(context);
    }

    /** Whether the new device replaces another one that still exists. */
    boolean isAsked() {
        return !devices().isEmpty();
    }

    /** The devices that will be removed. A device that was removed meanwhile is not listed. */
    List<DeviceName> devices() {
        Set<String> replaced = DeviceReplacement.in(authentication).credentialIds();
        return UserFactors.of(context.getUser()).credentials(SecondFactor.DEVICE).stream()
                .filter(device -> replaced.contains(device.getId()))
                .map(device -> DeviceName.of(context, device))
                .toList();
    }

    /**
     * Keeps the devices and leads back to where the replacement began, in the same login: to the question for a lost
     * device, or past set-up. If the link of a mail has waived the proof, that waiver was for the replacement alone, so
     * the login now needs a proof. If an application has requested the replacement, Cancel leads back to it.
     */
    void cancel(GuardPolicy policy) {
        if (SetupRequest.isReplacing(authentication)) {
            PendingDevices.forget(authentication);
            SetupRequest.forget(authentication);
            context.cancel();
            return;
        }
        DeviceReplacement.in(authentication).done();
        PendingDevices.forget(authentication);
        LostDeviceQuestion question = LostDeviceQuestion.in(authentication);
        if (!isProved()) {
            ChangeOfWaysIn.withdrawWaiver(authentication);
            ProofAfterReset.in(authentication).require(SetupStage.isWantedOtherwise(context));
            SetupStage.of(context, policy).show(context);
        } else if (question.wasAsked()) {
            question.ask();
            SetupStage.of(context, policy).show(context);
        } else if (SetupStage.isWantedOtherwise(context)) {
            SetupStage.of(context, policy).show(context);
        } else {
            LoginDetails.add(authentication, context.getEvent());
            context.success();
        }
    }

    private boolean isProved() {
        return SecondFactorProof.isGivenIn(context.getSession(), context.getRealm(), authentication);
    }
}
