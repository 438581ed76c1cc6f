package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.OwnTransaction.CommitFailedException;
import io.github.totpguard.keycloak.gate.StateCodec.UnreadableStateException;
import io.github.totpguard.keycloak.gate.VerificationUnavailableException.Cause;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.function.Function;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;

/**
 * Work on a user's locked row in a transaction of its own, committed when {@link #run} returns: an error page rolls back
 * the request's transaction, but never what was decided.
 */
final class StateTransaction {
    /** Only the first attempts of a new user, sent in parallel, can collide; the second try finds the row. */
    private static final int TRIES = 3;

    private final KeycloakSession session;
    private final String realmId;
    private final String userId;

    StateTransaction(KeycloakSession session, String realmId, String userId) {
        this.session = session;
        this.realmId = realmId;
        this.userId = userId;
    }

    /** As {@link #run}, and meanwhile the request, which has only read so far, holds no connection of its own. */
    <T> T runAfterReading(Function<StateRow, T> work) {
        try {
            new RequestConnection(session).release();
        } catch (PersistenceException | CommitFailedException e) {
            throw unavailable(e);
        }
        return run(work);
    }

    <T> T run(Function<StateRow, T> work) {
        for (int triesLeft = TRIES - 1; ; triesLeft--) {
            try {
                return runOnce(work);
            } catch (ModelDuplicateException e) {
                if (triesLeft == 0) {
                    throw unavailable(e);
                }
            } catch (ModelException | PersistenceException | CommitFailedException e) {
                throw unavailable(e);
            }
        }
    }

    /** The state as it is now, without waiting for anybody. */
    SecondFactorState peek() {
        try {
            return StateRow.peek(entityManager(session), userId);
        } catch (UnreadableStateException e) {
            throw unreadable(e);
        } catch (ModelException | PersistenceException e) {
            throw unavailable(e);
        }
    }

    private <T> T runOnce(Function<StateRow, T> work) throws CommitFailedException {
        return OwnTransaction.run(session.getKeycloakSessionFactory(), own -> work.apply(lock(own)));
    }

    private StateRow lock(KeycloakSession own) {
        try {
            return StateRow.lock(entityManager(own), userId, realmId);
        } catch (UnreadableStateException e) {
            throw unreadable(e);
        }
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private VerificationUnavailableException unreadable(UnreadableStateException e) {
        return new VerificationUnavailableException(
                Cause.STATE,
                "The row of user " + userId + " in TOTP_GUARD_STATE is not readable (" + e.getMessage()
                        + "). Was it written by a newer version? If it is damaged, delete that one row",
                e);
    }

    private static VerificationUnavailableException unavailable(Exception e) {
        return new VerificationUnavailableException(
                Cause.DATABASE, "The database did not take the decision, so nothing was accepted: check it", e);
    }
}
