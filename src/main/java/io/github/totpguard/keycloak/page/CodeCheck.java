package io.github.totpguard.keycloak.page;

import io.github.totpguard.keycloak.gate.AttemptOutcome;
import io.github.totpguard.keycloak.gate.Channel;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;

/** Checks a code that was entered on a page: calls the gate, writes the event, and chooses the next page. */
public final class CodeCheck {
    private final AuthenticationFlowContext context;
    private final CodePage page;

    public CodeCheck(AuthenticationFlowContext context, CodePage page) {
        this.context = context;
        this.page = page;
    }

    /**
     * Checks a one-time code with the user's gate. Returns the outcome if the code was accepted. Otherwise the context
     * has its response already.
     */
    public Optional<AttemptOutcome> oneTimeCode(String code, Channel channel) {
        try {
            return answered(GuardedUser.of(context).gate().attempt(code, channel));
        } catch (VerificationUnavailableException e) {
            return unavailable(e);
        }
    }

    /** The same for a backup code. */
    public Optional<AttemptOutcome> backupCode(String code) {
        try {
            return answered(GuardedUser.of(context).gate().attemptBackupCode(code, Channel.BACKUP_CODE));
        } catch (VerificationUnavailableException e) {
            return unavailable(e);
        }
    }

    private Optional<AttemptOutcome> answered(AttemptOutcome outcome) {
        AttemptEvent.describe(context.getEvent(), outcome);
        if (outcome.accepted()) {
            return Optional.of(outcome);
        }
        refuse(outcome);
        return Optional.empty();
    }

    private Optional<AttemptOutcome> unavailable(VerificationUnavailableException e) {
        AttemptEvent.unavailable(context.getEvent().user(context.getUser()), e.reason());
        // A forced challenge, because nothing was evaluated and this must not count as a failure of the user.
        context.forceChallenge(page.unavailable());
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
            // Keycloak's brute-force protection counts guesses. The code of a locked user is not evaluated, and a
            // malformed input is not a guess, so neither may count.
            context.forceChallenge(answer);
        }
    }
}
