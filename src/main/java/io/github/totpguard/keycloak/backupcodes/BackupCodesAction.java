package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.notify.LoginDetails;
import io.github.totpguard.keycloak.page.FactorProof;
import io.github.totpguard.keycloak.page.VerificationGuard;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Shows new backup codes until the user confirms that they are saved. Then stores them in place of the old ones. As a
 * {@link CredentialRegistrator}, it is bound to the step-up level of {@code recovery-authn-codes}.
 */
final class BackupCodesAction implements RequiredActionProvider, CredentialRegistrator {
    private static final String LATER_FIELD = "later";

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void initiatedActionCanceled(KeycloakSession session, AuthenticationSessionModel authentication) {
        PendingCodes.forget(authentication);
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // Nothing to do here: the offers or an administrator decide which users need backup codes.
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        VerificationGuard.run(context, BackupCodesEvents.of(context)::unavailable, policy -> show(context, policy));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        VerificationGuard.run(context, BackupCodesEvents.of(context)::unavailable, policy -> process(context, policy));
    }

    private static void show(RequiredActionContext context, GuardPolicy policy) {
        if (FactorProof.isMissing(context)) {
            proof(context).ask();
        } else {
            new ConfirmPage(context, policy.backupCodes(), isOffer(context)).show();
        }
    }

    /** The next step is decided at every request, on the server. It never depends on what the browser sends. */
    private static void process(RequiredActionContext context, GuardPolicy policy) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(LATER_FIELD) && isOffer(context)) {
            PendingCodes.forget(context.getAuthenticationSession());
            LoginDetails.add(context.getAuthenticationSession(), context.getEvent());
            context.success();
        } else if (FactorProof.isMissing(context)) {
            if (proof(context).passed(BackupCodesEvents.of(context)::refused)) {
                show(context, policy);
            }
        } else {
            new ConfirmPage(context, policy.backupCodes(), isOffer(context)).process(form);
        }
    }

    private static FactorProof proof(RequiredActionContext context) {
        return new FactorProof(context, FactorProof.For.BACKUP_CODES);
    }

    /** Whether neither an administrator nor an application has requested the action, so that the user may decline. */
    private static boolean isOffer(RequiredActionContext context) {
        boolean demanded = context.getUser().getRequiredActionsStream().anyMatch(BackupCodesAction::isThis);
        boolean initiated = isThis(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING));
        return !demanded && !initiated;
    }

    private static boolean isThis(String action) {
        return GuardNames.BACKUP_CODES_ACTION.equals(action) || GuardNames.KEYCLOAKS_BACKUP_CODES_ACTION.equals(action);
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel authentication) {
        return SecondFactor.BACKUP_CODES.type();
    }

    @Override
    public void close() {
        // nothing to close
    }
}
