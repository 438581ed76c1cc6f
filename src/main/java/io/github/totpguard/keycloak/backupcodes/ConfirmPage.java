package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.core.backup.BackupCode;
import io.github.totpguard.core.backup.BackupCodeInput;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.gate.session.LockedFactors;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.notify.LoginDetails;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import io.github.totpguard.keycloak.notify.mail.CredentialChange;
import io.github.totpguard.keycloak.page.BackupCodesOffer;
import io.github.totpguard.keycloak.page.CodeError;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.sealing.BackupCodeHash;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.RecoveryAuthnCodesCredentialProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/** The page with the new codes, and the processing of its form. */
final class ConfirmPage {
    /** The field of the button. A form without it is the form of another page. */
    private static final String CONFIRM_BUTTON = "confirm";

    private static final String SAVED_FIELD = "saved";
    private static final String CODE_FIELD = "backupCode";
    private static final String LOGOUT_FIELD = "logout-sessions";

    private final RequiredActionContext context;
    private final GuardPolicy.BackupCodes policy;
    private final boolean offer;
    private final PendingCodes pending;

    ConfirmPage(RequiredActionContext context, GuardPolicy.BackupCodes policy, boolean offer) {
        this.context = context;
        this.policy = policy;
        this.offer = offer;
        this.pending = PendingCodes.of(context);
    }

    /** Shows the same codes each time, until they are confirmed. */
    void show() {
        show(pending.current().orElseGet(() -> pending.issue(policy.count())), context.form());
    }

    void process(MultivaluedMap<String, String> form) {
        Optional<List<BackupCode>> shown = pending.current();
        if (shown.isEmpty() || !form.containsKey(CONFIRM_BUTTON)) {
            show();
        } else if (policy.confirmedByCode() && !isOneOf(shown.get(), form.getFirst(CODE_FIELD))) {
            String message = BackupCodeInput.flaw(form.getFirst(CODE_FIELD))
                    .map(CodeError::ofBackupCode)
                    .orElse("totpGuard.error.backupCodeConfirm");
            refuse(shown.get(), CODE_FIELD, message);
        } else if (!policy.confirmedByCode() && !form.containsKey(SAVED_FIELD)) {
            refuse(shown.get(), SAVED_FIELD, "totpGuard.error.backupCodesSaved");
        } else {
            store(shown.get(), form.containsKey(LOGOUT_FIELD));
        }
    }

    private void store(List<BackupCode> codes, boolean endOtherSessions) {
        RecoveryAuthnCodesCredentialProvider provider = (RecoveryAuthnCodesCredentialProvider)
                context.getSession().getProvider(CredentialProvider.class, GuardNames.BACKUP_CODES_CREDENTIAL_PROVIDER);
        removeOthers();
        // This also removes the old codes that it sees.
        CredentialModel stored = provider.createCredential(
                context.getRealm(),
                context.getUser(),
                StoredBackupCodes.create(
                        codes, BackupCodeHash.of(context.getSession(), context.getRealm()), Time.currentTimeMillis()));
        PendingCodes.forget(context.getAuthenticationSession());
        if (endOtherSessions) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
        BackupCodesEvents.of(context).made(stored.getId());
        ChangeNotice.tell(GuardedUser.of(context), CredentialChange.BACKUP_CODES_MADE, "", codes.size());
        LoginDetails.add(context.getAuthenticationSession(), context.getEvent());
        BackupCodesOffer.done(context.getUser(), context.getAuthenticationSession());
        context.success();
    }

    /**
     * Removes other sets of codes, under the lock until the request ends. Without the lock, codes that another request
     * creates at the same moment would be kept in addition to the new ones.
     */
    private void removeOthers() {
        LockedFactors.of(context.getSession(), context.getRealm(), context.getUser())
                .ids(SecondFactor.BACKUP_CODES)
                .forEach(id -> context.getUser().credentialManager().removeStoredCredentialById(id));
    }

    /**
     * Whether the input is one of the codes. The code is not used up. All codes are compared, each in constant time.
     */
    private static boolean isOneOf(List<BackupCode> codes, String input) {
        return BackupCodeInput.parse(input)
                .filter(entered -> codes.stream().filter(entered::equals).count() == 1)
                .isPresent();
    }

    private void refuse(List<BackupCode> codes, String field, String messageKey) {
        show(codes, context.form().addError(new FormMessage(field, messageKey)));
    }

    private void show(List<BackupCode> codes, LoginFormsProvider form) {
        CodesPageModel model = new CodesPageModel(context, codes, policy.confirmedByCode(), offer);
        context.challenge(form.setAttribute("totpGuardBackupCodes", model).createForm("totp-guard-backup-codes.ftl"));
    }
}
