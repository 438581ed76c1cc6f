package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.Outcome;
import io.github.totpguard.keycloak.gate.SecondFactorGate;
import io.github.totpguard.keycloak.gate.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import io.github.totpguard.keycloak.notify.LockedPage;
import io.github.totpguard.keycloak.policy.GuardNames;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Asks for a code and lets in whoever has one. */
final class TotpGuardForm implements Authenticator, CredentialValidator<OTPCredentialProvider> {
    private static final String CODE_FIELD = "otp";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        context.challenge(CodePage.of(context).asking());
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (KeycloakLockout.refuses(context)) {
            return;
        }
        if (!configuredFor(context.getSession(), context.getRealm(), context.getUser())) {
            startAgainWithoutDevice(context);
            return;
        }
        Optional<String> code = Optional.ofNullable(
                context.getHttpRequest().getDecodedFormParameters().getFirst(CODE_FIELD));
        if (code.isEmpty()) {
            context.challenge(CodePage.of(context).asking());
            return;
        }
        verify(context, code.get());
    }

    private static void verify(AuthenticationFlowContext context, String code) {
        try {
            Outcome outcome = SecondFactorGate.of(context.getSession(), context.getRealm(), context.getUser())
                    .attempt(code, Channel.FORM);
            AttemptEvent.describe(context.getEvent(), outcome);
            if (outcome.accepted()) {
                // The credential type, or Keycloak's brute-force protector never clears its counter.
                context.success(OTPCredentialModel.TYPE);
            } else {
                refuse(context, outcome);
            }
        } catch (VerificationUnavailableException e) {
            context.getEvent().user(context.getUser()).error(AttemptEvent.error(e.what()));
            // Forced: nothing was tried, so it must not count as a failure of the user's.
            context.forceChallenge(CodePage.of(context).unavailable());
        }
    }

    private static void refuse(AuthenticationFlowContext context, Outcome outcome) {
        context.getEvent().user(context.getUser()).error(AttemptEvent.error(outcome));
        Response page = outcome.verdict().shut()
                ? LockedPage.of(
                        context.form().setExecution(context.getExecution().getId()), outcome.verdict())
                : CodePage.of(context).refusing();
        if (outcome.evaluated()) {
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page);
        } else {
            // Keycloak's brute-force protector counts guesses, and this was none.
            context.forceChallenge(page);
        }
    }

    /** The last device was removed while the page was open: the flow decides again what this user needs. */
    private static void startAgainWithoutDevice(AuthenticationFlowContext context) {
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.forkWithErrorMessage(new FormMessage("totpGuard.error.deviceGone"));
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return getCredentialProvider(session).isConfiguredFor(realm, user);
    }

    /** In the authentication session, not on the user: a read-only user store could not hold it. */
    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        AuthenticationSessionModel authentication = session.getContext().getAuthenticationSession();
        if (!authentication.getRequiredActions().contains(GuardNames.SETUP_ACTION)) {
            authentication.addRequiredAction(GuardNames.SETUP_ACTION);
        }
    }

    @Override
    public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        return Stream.of(session.getKeycloakSessionFactory()
                        .getProviderFactory(RequiredActionProvider.class, GuardNames.SETUP_ACTION))
                .map(RequiredActionFactory.class::cast)
                .toList();
    }

    @Override
    public OTPCredentialProvider getCredentialProvider(KeycloakSession session) {
        return (OTPCredentialProvider)
                session.getProvider(CredentialProvider.class, GuardNames.OTP_CREDENTIAL_PROVIDER);
    }

    @Override
    public void close() {
        // nothing is held
    }
}
