package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.SecondFactorGate;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;

/** What happens to a code that was entered on a page: through the gate, into the event, and to the page that follows. */
public final class CodeCheck {
    private final AuthenticationFlowContext context;
    private final CodePage page;

    public CodeCheck(AuthenticationFlowContext context, CodePage page) {
        this.context = context;
        this.page = page;
    }

    /**
     * The outcome if the code was accepted; otherwise the context has its answer already.
     *
     * @param attempt the code at the user's gate
     */
    public Optional<AttemptOutcome> passed(Function<SecondFactorGate, AttemptOutcome> attempt) {
        try {
            AttemptOutcome outcome =
                    attempt.apply(SecondFactorGate.of(context.getSession(), context.getRealm(), context.getUser()));
            AttemptEvent.describe(context.getEvent(), outcome);
            if (outcome.accepted()) {
                return Optional.of(outcome);
            }
            refuse(outcome);
        } catch (VerificationUnavailableException e) {
            AttemptEvent.unavailable(context.getEvent().user(context.getUser()), e.reason());
            // Forced: nothing was tried, so it must not count as a failure of the user's.
            context.forceChallenge(page.unavailable());
        }
        return Optional.empty();
    }

    private void refuse(AttemptOutcome outcome) {
        context.getEvent().user(context.getUser()).error(AttemptEvent.error(outcome));
        if (outcome.failed()
                && !page.isShutBy(outcome.verdict())
                && LoginFailures.of(context).endLogin()) {
            return;
        }
        Response answer = page.isShutBy(outcome.verdict()) ? page.locked(outcome.verdict()) : page.refusing(outcome);
        if (outcome.failed()) {
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, answer);
        } else {
            // Keycloak's brute-force protection counts guesses. A locked user's code was not tried, and what is no code
            // is no guess.
            context.forceChallenge(answer);
        }
    }
}
