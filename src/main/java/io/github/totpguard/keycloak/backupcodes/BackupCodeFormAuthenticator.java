package io.github.totpguard.keycloak.backupcodes;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.session.LostDeviceQuestion;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.notify.LoginDetails;
import io.github.totpguard.keycloak.page.BackupCodePage;
import io.github.totpguard.keycloak.page.BackupCodesOffer;
import io.github.totpguard.keycloak.page.CodeAsked;
import io.github.totpguard.keycloak.page.CodeCheck;
import io.github.totpguard.keycloak.page.CodePage;
import io.github.totpguard.keycloak.page.KeycloakLockout;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.RecoveryAuthnCodesCredentialProvider;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Asks for a backup code and accepts the login if the code is right. Then asks the user about the device that the
 * backup code replaced.
 */
final class BackupCodeFormAuthenticator
        implements Authenticator, CredentialValidator<RecoveryAuthnCodesCredentialProvider> {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        CodeAsked.publish(context);
        context.challenge(BackupCodePage.of(context).asking());
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        CodePage page = BackupCodePage.of(context);
        if (KeycloakLockout.refuses(context, page)) {
            return;
        }
        if (!configuredFor(context.getSession(), context.getRealm(), context.getUser())) {
            startAgainWithoutCodes(context);
            return;
        }
        String code = context.getHttpRequest().getDecodedFormParameters().getFirst(BackupCodePage.FIELD);
        if (code == null) {
            context.challenge(page.asking());
            return;
        }
        new CodeCheck(context, page).backupCode(code).ifPresent(outcome -> goOn(context, outcome));
    }

    private static void goOn(AuthenticationFlowContext context, AttemptOutcome outcome) {
        AuthenticationSessionModel authentication = context.getAuthenticationSession();
        LoginDetails.keep(authentication, outcome);
        BackupCodesOffer.makeIfFew(outcome.backupCodesLeft(), context.getRealm(), authentication);
        if (UserFactors.of(context.getUser()).has(SecondFactor.DEVICE)) {
            LostDeviceQuestion.in(authentication).ask();
        }
        // Without the credential type, Keycloak's brute-force protection never clears its counter.
        context.success(SecondFactor.BACKUP_CODES.type());
    }

    /**
     * If the codes were removed while the page was open, restarts the flow, which decides again what the user needs.
     */
    private static void startAgainWithoutCodes(AuthenticationFlowContext context) {
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.forkWithErrorMessage(new FormMessage("totpGuard.error.backupCodesGone"));
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return getCredentialProvider(session).isConfiguredFor(realm, user, getType(session));
    }

    /** Sets the action in the authentication session, not on the user, because a user store can be read-only. */
    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        BackupCodesOffer.make(realm, session.getContext().getAuthenticationSession());
    }

    @Override
    public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        String action = BackupCodesOffer.action(realm).orElse(GuardNames.BACKUP_CODES_ACTION);
        return Stream.of(session.getKeycloakSessionFactory().getProviderFactory(RequiredActionProvider.class, action))
                .map(RequiredActionFactory.class::cast)
                .toList();
    }

    @Override
    public RecoveryAuthnCodesCredentialProvider getCredentialProvider(KeycloakSession session) {
        return (RecoveryAuthnCodesCredentialProvider)
                session.getProvider(CredentialProvider.class, GuardNames.BACKUP_CODES_CREDENTIAL_PROVIDER);
    }

    @Override
    public String getType(KeycloakSession session) {
        return SecondFactor.BACKUP_CODES.type();
    }

    @Override
    public void close() {
        // nothing to close
    }
}
