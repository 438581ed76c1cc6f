package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.LostDeviceQuestion;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import io.github.totpguard.keycloak.notify.mail.CredentialChange;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.setup.DeviceLabel.RefusedLabelException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Shows all devices of the user, or the one that was requested, so that the user can rename them. */
final class RenameStage implements SetupStage {
    private static final String NOTE = "totpGuard.setup.renames";
    private static final String SAVE_FIELD = "save";
    private static final String BACK_FIELD = "back";
    private static final String LABEL_FIELD = "label-";

    private final GuardPolicy policy;
    private final Optional<String> only;

    /** @param only the device that is renamed; empty for all devices */
    RenameStage(GuardPolicy policy, Optional<String> only) {
        this.policy = policy;
        this.only = only;
    }

    /** Moves this login to this stage, to the name of the chosen device. The choice only decides where the focus is. */
    static void enter(RequiredActionContext context, String chosen) {
        boolean known =
                UserFactors.of(context.getUser()).ids(SecondFactor.DEVICE).contains(chosen);
        context.getAuthenticationSession().setAuthNote(NOTE, known ? chosen : "");
    }

    /** Whether the user has come here from another page of this login. */
    static boolean isEntered(AuthenticationSessionModel authentication) {
        return authentication.getAuthNote(NOTE) != null;
    }

    static boolean isWanted(RequiredActionContext context) {
        return isEntered(context.getAuthenticationSession())
                || SetupRequest.in(context).isRename();
    }

    @Override
    public void show(RequiredActionContext context) {
        List<DeviceName> names = devices(context).stream()
                .map(device -> DeviceName.of(context, device))
                .toList();
        show(context, names, context.form());
    }

    @Override
    public void process(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(BACK_FIELD)) {
            leave(context);
        } else if (form.containsKey(SAVE_FIELD)) {
            save(context, form);
        } else {
            // The form of another page.
            show(context);
        }
    }

    private void leave(RequiredActionContext context) {
        context.getAuthenticationSession().removeAuthNote(NOTE);
        if (isWanted(context) && !isQuestionOpen(context)) {
            context.cancel();
        } else {
            SetupStage.of(context, policy).show(context);
        }
    }

    private void save(RequiredActionContext context, MultivaluedMap<String, String> form) {
        List<DeviceName> entered = new ArrayList<>();
        List<FormMessage> errors = new ArrayList<>();
        for (CredentialModel device : devices(context)) {
            DeviceName present = DeviceName.of(context, device);
            String label = form.getFirst(LABEL_FIELD + device.getId());
            if (label == null || label.strip().equals(present.getLabel())) {
                entered.add(present);
                continue;
            }
            entered.add(new DeviceName(device.getId(), label));
            try {
                rename(context, device, DeviceLabel.chosen(label, device.getId(), context.getUser()));
            } catch (RefusedLabelException e) {
                errors.add(new FormMessage(LABEL_FIELD + device.getId(), e.messageKey()));
            }
        }
        if (!errors.isEmpty()) {
            LoginFormsProvider page = context.form();
            errors.forEach(page::addError);
            show(context, entered, page);
            return;
        }
        context.getAuthenticationSession().removeAuthNote(NOTE);
        if (isQuestionOpen(context)) {
            // The names were opened from the question, so a request of an application is still open, too.
            SetupStage.of(context, policy).show(context);
            return;
        }
        SetupRequest request = SetupRequest.in(context);
        request.done();
        if (SetupStage.isAskedForByApplication(context) && !request.isDemandedOtherwise()) {
            context.success();
        } else {
            SetupStage.of(context, policy).show(context);
        }
    }

    /** Renaming does not answer the question for a lost device. */
    private static boolean isQuestionOpen(RequiredActionContext context) {
        return LostDeviceQuestion.in(context.getAuthenticationSession()).isAsked();
    }

    private static void rename(RequiredActionContext context, CredentialModel device, String label)
            throws RefusedLabelException {
        try {
            context.getUser().credentialManager().updateCredentialLabel(device.getId(), label);
        } catch (ModelDuplicateException e) {
            // Another tab used the name between the check and the write.
            throw new RefusedLabelException("totpGuard.error.labelTaken");
        }
        SetupEvents.of(context).renamed(device, label);
        ChangeNotice.tell(GuardedUser.of(context), CredentialChange.DEVICE_RENAMED, label, 0);
    }

    private void show(RequiredActionContext context, List<DeviceName> names, LoginFormsProvider page) {
        String chosen = Optional.ofNullable(context.getAuthenticationSession().getAuthNote(NOTE))
                .orElse("");
        context.challenge(page.setAttribute("totpGuardDevices", names)
                .setAttribute("totpGuardChosen", chosen)
                .setAttribute("totpGuardOnlyDevice", only.isPresent())
                .createForm("totp-guard-rename.ftl"));
    }

    private List<CredentialModel> devices(RequiredActionContext context) {
        return UserFactors.of(context.getUser()).credentials(SecondFactor.DEVICE).stream()
                .filter(device -> only.map(device.getId()::equals).orElse(true))
                .toList();
    }
}
