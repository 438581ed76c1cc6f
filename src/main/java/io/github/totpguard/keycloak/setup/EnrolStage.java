package io.github.totpguard.keycloak.setup;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.FactorOrder;
import io.github.totpguard.keycloak.gate.session.LockedFactors;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.notify.mail.UserTime;
import io.github.totpguard.keycloak.page.ActionAttempts;
import io.github.totpguard.keycloak.page.CodeError;
import io.github.totpguard.keycloak.page.LockedPage;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.setup.DeviceLabel.RefusedLabelException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.OTPCredentialModel.SecretEncoding;
import org.keycloak.models.utils.FormMessage;

/** Shows the secret of a new device, and stores the device after the user has entered one of its codes. */
final class EnrolStage implements SetupStage {
    private static final String CODE_FIELD = "code";
    private static final String LABEL_FIELD = "label";
    private static final String NOT_NOW_FIELD = "notNow";
    private static final String RENAME_FIELD = "rename";
    private static final String CANCEL_FIELD = "cancelReplacement";
    private static final String LOGOUT_FIELD = "logout-sessions";

    private final GuardPolicy policy;

    EnrolStage(GuardPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void show(RequiredActionContext context) {
        PendingDevice device = PendingDevices.of(context).current().orElseGet(() -> PendingDevices.of(context)
                .issue(policy));
        show(context, device, presentLabel(context), context.form());
    }

    @Override
    public void process(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(NOT_NOW_FIELD)) {
            postpone(context);
            return;
        }
        if (form.containsKey(CANCEL_FIELD) && Replacement.in(context).isAsked()) {
            Replacement.in(context).cancel(policy);
            return;
        }
        if (form.containsKey(RENAME_FIELD) && !Replacement.in(context).isAsked()) {
            RenameStage.enter(context, form.getFirst(RENAME_FIELD));
            SetupStage.of(context, policy).show(context);
            return;
        }
        String enteredLabel = Optional.ofNullable(form.getFirst(LABEL_FIELD)).orElse("");
        keepLabel(context, enteredLabel);
        Optional<PendingDevice> pending = PendingDevices.of(context).current();
        if (pending.isEmpty()) {
            LoginFormsProvider page = context.form().setError("totpGuard.error.setupExpired");
            show(context, PendingDevices.of(context).issue(policy), enteredLabel, page);
            return;
        }
        PendingDevice device = pending.get();
        String code = Optional.ofNullable(form.getFirst(CODE_FIELD)).orElse("").strip();
        if (code.isEmpty()) {
            refuse(context, device, enteredLabel, CODE_FIELD, "totpGuard.error.codeMissing");
            return;
        }
        try {
            String label = DeviceLabel.of(enteredLabel, defaultLabel(context), context.getUser());
            confirm(context, device, code, label, form.containsKey(LOGOUT_FIELD));
        } catch (RefusedLabelException e) {
            SetupEvents.of(context).refused(device.credentialId(), e.messageKey());
            refuse(context, device, enteredLabel, LABEL_FIELD, e.messageKey());
        }
    }

    /** Checks the grace period again, because it may have ended while the page was open. */
    private void postpone(RequiredActionContext context) {
        GracePeriod grace = GracePeriod.of(context, policy);
        if (grace.end().isEmpty()) {
            PendingDevices pending = PendingDevices.of(context);
            show(
                    context,
                    pending.current().orElseGet(() -> pending.issue(policy)),
                    presentLabel(context),
                    context.form().setError("totpGuard.error.graceOver"));
            return;
        }
        grace.postpone();
        PendingDevices.forget(context.getAuthenticationSession());
        SetupEvents.of(context).postponed();
        context.cancel();
    }

    private void confirm(
            RequiredActionContext context, PendingDevice device, String code, String label, boolean endOtherSessions) {
        AttemptOutcome outcome = GuardedUser.of(context).gate().enrol(device.device(), code);
        ActionAttempts.report(context, outcome);
        if (!outcome.accepted()) {
            SetupEvents.of(context).refused(outcome, device.credentialId(), label);
            if (outcome.verdict().shut()) {
                context.challenge(LockedPage.of(context.form(), context.getRealm(), outcome.verdict()));
            } else {
                refuse(context, device, label, error(outcome, device));
            }
            return;
        }
        // Read under the lock until the request ends, so that concurrent set-ups see each other's devices.
        Set<String> devices = LockedFactors.of(context.getSession(), context.getRealm(), context.getUser())
                .ids(SecondFactor.DEVICE);
        Set<String> replaced =
                DeviceReplacement.in(context.getAuthenticationSession()).credentialIds();
        if (devices.stream().filter(id -> !replaced.contains(id)).count() >= policy.maxDevices()) {
            SetupEvents.of(context).refused(device.credentialId(), "totpGuard.limit.title");
            PendingDevices.forget(context.getAuthenticationSession());
            new LimitStage(policy).show(context);
            return;
        }
        try {
            store(context, device, label);
        } catch (ModelDuplicateException e) {
            // Another tab used the name between the check and the write.
            SetupEvents.of(context).refused(device.credentialId(), e.getMessage());
            refuse(context, device, suggestedLabel(context), LABEL_FIELD, "totpGuard.error.labelTaken");
            return;
        }
        PendingDevices.forget(context.getAuthenticationSession());
        if (endOtherSessions) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        removeReplaced(context);
        FactorOrder.putDevicesFirst(context.getUser());
        BackupCodesAfterSetup.of(context, policy).make();
        SetupEvents.of(context).enrolled(outcome, device.credentialId(), label);
        LedActions.setUp(context);
        context.success();
    }

    /** Removes the old device only now, because the user has no other device until the new one is confirmed. */
    private static void removeReplaced(RequiredActionContext context) {
        DeviceReplacement replacement = DeviceReplacement.in(context.getAuthenticationSession());
        SubjectCredentialManager credentials = context.getUser().credentialManager();
        for (String id : replacement.credentialIds()) {
            CredentialModel old = credentials.getStoredCredentialById(id);
            if (old != null && credentials.removeStoredCredentialById(id)) {
                SetupEvents.of(context).removed(old);
            }
        }
        replacement.done();
    }

    private static void store(RequiredActionContext context, PendingDevice device, String label) {
        OtpParameters.Totp parameters = device.parameters();
        OTPCredentialModel credential = OTPCredentialModel.createTOTP(
                device.uri().secret().toBase32(),
                parameters.digits(),
                parameters.periodSeconds(),
                parameters.algorithm().macName(),
                SecretEncoding.BASE32.name());
        credential.setId(device.credentialId());
        credential.setUserLabel(label);
        OTPCredentialProvider provider = (OTPCredentialProvider)
                context.getSession().getProvider(CredentialProvider.class, GuardNames.OTP_CREDENTIAL_PROVIDER);
        provider.createCredential(context.getRealm(), context.getUser(), credential);
    }

    private static FormMessage error(AttemptOutcome outcome, PendingDevice device) {
        return outcome.malformed()
                ? CodeError.incompleteCode(
                        CODE_FIELD, OptionalInt.of(device.parameters().digits()))
                : new FormMessage(CODE_FIELD, "totpGuard.error.setupCode");
    }

    private void refuse(
            RequiredActionContext context, PendingDevice device, String label, String field, String messageKey) {
        refuse(context, device, label, new FormMessage(field, messageKey));
    }

    private void refuse(RequiredActionContext context, PendingDevice device, String label, FormMessage error) {
        show(context, device, label, context.form().addError(error));
    }

    private void show(RequiredActionContext context, PendingDevice device, String label, LoginFormsProvider page) {
        SetupPageModel model = new SetupPageModel(
                device.uri(),
                device.parameters(),
                label,
                page.getMessage("totpGuard.setup.qr"),
                Replacement.in(context).devices());
        GracePeriod.of(context, policy)
                .end()
                .ifPresent(end -> page.setAttribute(
                        "totpGuardGraceUntil",
                        UserTime.of(context.getSession(), context.getUser()).minute(end)));
        context.challenge(page.setAttribute("totpGuardSetup", model)
                .setAttribute("totpGuardDevices", model.getReplaced().isEmpty() ? DeviceName.all(context) : List.of())
                .createForm("totp-guard-setup.ftl"));
    }

    /**
     * The name that the user has entered, or else a suggestion. The suggestion is in the language of the page, so it is
     * not kept: it would stay in the former language.
     */
    private static String presentLabel(RequiredActionContext context) {
        return PendingDevices.of(context).label().orElseGet(() -> suggestedLabel(context));
    }

    private static void keepLabel(RequiredActionContext context, String entered) {
        PendingDevices pending = PendingDevices.of(context);
        boolean chosen = !entered.isBlank() && !entered.strip().equals(suggestedLabel(context));
        if (chosen && entered.length() <= DeviceLabel.MAX_LENGTH) {
            pending.keepLabel(entered);
        } else {
            pending.forgetLabel();
        }
    }

    private static String suggestedLabel(RequiredActionContext context) {
        return DeviceLabel.suggestion(defaultLabel(context), context.getUser());
    }

    private static String defaultLabel(RequiredActionContext context) {
        return context.form().getMessage("totpGuard.defaultLabel");
    }
}
