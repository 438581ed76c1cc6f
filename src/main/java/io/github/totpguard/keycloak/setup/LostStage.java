package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.LostDeviceQuestion;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.notify.LoginDetails;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Asks a user who has signed in with a backup code whether a device was lost. A lost device is kept until its
 * replacement is confirmed. A stolen device is removed immediately.
 */
final class LostStage implements SetupStage {
    private static final String DEVICE_FIELD = "device";
    private static final String NO_FIELD = "no";
    private static final String REPLACE_FIELD = "replace";
    private static final String STOLEN_FIELD = "stolen";
    private static final String RENAME_FIELD = "rename";
    private static final String LOGOUT_FIELD = "logout-sessions";

    private final GuardPolicy policy;

    LostStage(GuardPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void show(RequiredActionContext context) {
        if (devices(context).isEmpty()) {
            goOn(context);
        } else {
            show(context, context.form());
        }
    }

    @Override
    public void process(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(NO_FIELD)) {
            goOn(context);
            return;
        }
        if (form.containsKey(RENAME_FIELD)) {
            RenameStage.enter(context, form.getFirst(RENAME_FIELD));
            SetupStage.of(context, policy).show(context);
            return;
        }
        boolean stolen = form.containsKey(STOLEN_FIELD);
        if (!stolen && !form.containsKey(REPLACE_FIELD)) {
            // The form of another page.
            show(context);
            return;
        }
        Optional<CredentialModel> device = chosen(context, form.getFirst(DEVICE_FIELD));
        if (device.isEmpty()) {
            show(context, context.form().addError(new FormMessage(DEVICE_FIELD, "totpGuard.error.deviceMissing")));
            return;
        }
        if (stolen) {
            remove(context, device.get());
        } else {
            DeviceReplacement.in(context.getAuthenticationSession())
                    .ask(List.of(device.get().getId()));
        }
        LostDeviceQuestion.in(context.getAuthenticationSession()).done();
        if (form.containsKey(LOGOUT_FIELD)) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        SetupStage.of(context, policy).show(context);
    }

    /** Continues the login, unless set-up was also requested for another reason. */
    private void goOn(RequiredActionContext context) {
        LostDeviceQuestion.in(context.getAuthenticationSession()).done();
        endDemand(context);
        if (SetupStage.isWantedOtherwise(context)) {
            SetupStage.of(context, policy).show(context);
        } else {
            LoginDetails.add(context.getAuthenticationSession(), context.getEvent());
            context.success();
        }
    }

    /**
     * Set-up is no longer a required action of this login, because only the question had made it one. Otherwise, an
     * application's request for set-up could not be cancelled, and would lead to a new device that is not demanded.
     */
    private static void endDemand(RequiredActionContext context) {
        AuthenticationSessionModel authentication = context.getAuthenticationSession();
        authentication.removeRequiredAction(context.getAction());
        SetupRequest request = SetupRequest.in(context);
        if (SetupStage.isAskedForByApplication(context) && !request.isDemandedOtherwise()) {
            authentication.removeClientNote(Constants.KC_ACTION_ENFORCED);
        }
    }

    private static void remove(RequiredActionContext context, CredentialModel device) {
        if (context.getUser().credentialManager().removeStoredCredentialById(device.getId())) {
            SetupEvents.of(context).removed(device);
        }
    }

    private static void show(RequiredActionContext context, LoginFormsProvider page) {
        context.challenge(
                page.setAttribute("totpGuardDevices", DeviceName.all(context)).createForm("totp-guard-lost.ftl"));
    }

    private static Optional<CredentialModel> chosen(RequiredActionContext context, String id) {
        return devices(context).stream()
                .filter(device -> device.getId().equals(id))
                .findFirst();
    }

    private static List<CredentialModel> devices(RequiredActionContext context) {
        return UserFactors.of(context.getUser()).credentials(SecondFactor.DEVICE);
    }
}
