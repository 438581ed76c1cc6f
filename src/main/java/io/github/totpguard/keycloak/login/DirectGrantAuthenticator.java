package io.github.totpguard.keycloak.login;

import io.github.totpguard.keycloak.gate.AskedCode;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import io.github.totpguard.keycloak.page.KeycloakLockout;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.Authenticator;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Checks the code of a resource owner password credentials grant (RFC 6749 section 4.3). */
final class DirectGrantAuthenticator implements Authenticator {
    /** The parameter names are those of Keycloak's own step; the second is the older one. */
    private static final String[] PARAMETERS = {"otp", "totp"};

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (context.getUser() == null) {
            throw new AuthenticationFlowException(
                    "Put an execution that finds the user before this one", AuthenticationFlowError.UNKNOWN_USER);
        }
        UserFactors factors = UserFactors.of(context.getUser());
        if (!factors.has(SecondFactor.DEVICE)) {
            if (context.getExecution().isConditional() && !factors.isAny()) {
                context.attempted();
            } else {
                refuse(context, Errors.INVALID_USER_CREDENTIALS, GrantError.noDevice());
            }
            return;
        }
        Optional<String> lockoutError = KeycloakLockout.error(context);
        Optional<String> code = code(context.getHttpRequest().getDecodedFormParameters());
        if (lockoutError.isPresent()) {
            context.getEvent().user(context.getUser()).error(lockoutError.get());
            context.forceChallenge(unchecked(context, code).response());
            return;
        }
        if (code.isEmpty()) {
            refuse(context, Errors.INVALID_USER_CREDENTIALS, GrantError.noCode());
            return;
        }
        verify(context, code.get());
    }

    /**
     * The answer to a code that was not checked. It is the same as for a wrong code, so that users whom Keycloak has
     * locked out cannot be distinguished from other users.
     */
    private static GrantError unchecked(AuthenticationFlowContext context, Optional<String> code) {
        AskedCode expected = AskedCode.of(context.getUser());
        return code.filter(entered -> !expected.isFormOf(entered)).isPresent()
                ? GrantError.incompleteCode(expected.digits())
                : GrantError.wrongCode();
    }

    private static Optional<String> code(MultivaluedMap<String, String> parameters) {
        return Stream.of(PARAMETERS)
                .map(parameters::getFirst)
                .filter(value -> value != null)
                .findFirst();
    }

    private static void verify(AuthenticationFlowContext context, String code) {
        try {
            AttemptOutcome outcome = GuardedUser.of(context).gate().attempt(code, Channel.DIRECT_GRANT);
            AttemptEvent.describe(context.getEvent(), outcome);
            if (outcome.accepted()) {
                context.success(SecondFactor.DEVICE.type());
            } else if (outcome.malformed()) {
                context.getEvent().user(context.getUser()).error(AttemptEvent.error(outcome));
                context.forceChallenge(GrantError.incompleteCode(
                                AskedCode.of(context.getUser()).digits())
                        .response());
            } else if (outcome.evaluated()) {
                refuse(
                        context,
                        AttemptEvent.error(outcome),
                        outcome.verdict().shut() ? GrantError.locked(outcome.verdict()) : GrantError.wrongCode());
            } else {
                context.getEvent().user(context.getUser()).error(AttemptEvent.error(outcome));
                context.forceChallenge(GrantError.locked(outcome.verdict()).response());
            }
        } catch (VerificationUnavailableException e) {
            AttemptEvent.unavailable(context.getEvent().user(context.getUser()), e.reason());
            // The challenge is forced, because no code was checked and the user must not get a counted failure.
            context.forceChallenge(GrantError.unavailable().response());
        }
    }

    private static void refuse(AuthenticationFlowContext context, String eventError, GrantError error) {
        context.getEvent().user(context.getUser()).error(eventError);
        context.failure(AuthenticationFlowError.INVALID_CREDENTIALS, error.response());
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // a direct grant consists of one request
    }

    /** False, because the flow would otherwise end the grant of a user without a device with an error 500. */
    @Override
    public boolean requiresUser() {
        return false;
    }

    /**
     * For "Condition - user configured". A user with only another second factor must be asked too, and is refused: the
     * grant cannot ask for a key, and a password alone is not enough for this account.
     */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return UserFactors.of(user).isAny();
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // a direct grant cannot show a set-up page
    }

    @Override
    public void close() {
        // nothing to close
    }
}
