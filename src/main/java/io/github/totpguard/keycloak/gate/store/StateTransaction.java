package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.store.OwnTransaction.CommitFailedException;
import io.github.totpguard.keycloak.gate.store.StateCodec.UnreadableStateException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/**
 * Work on a user's locked row in a transaction of its own, committed when {@link #run} returns: an error page rolls back
 * the request's transaction, but never what was decided.
 */
public final class StateTransaction {
    /**
     * Only the first attempts of a new user, sent in parallel, can collide: two make the row, or, on MariaDB, wait for each
     * other, which takes more than one try where there are many. Then all of them find the row.
     */
    private static final int TRIES = 6;

    /** How far the clocks of two nodes may be apart before it is taken for a clock that was set back. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /** The class of SQLSTATE that says: nothing was done, try again. */
    private static final String TRANSACTION_ROLLBACK = "40";

    /** The same of H2, which waits for a row for two seconds only. */
    private static final String LOCK_TIMEOUT = "HYT00";

    private final KeycloakSession session;
    private final String realmId;
    private final String userId;
    private final boolean mayForget;

    private StateTransaction(KeycloakSession session, String realmId, String userId, boolean mayForget) {
        this.session = session;
        this.realmId = realmId;
        this.userId = userId;
        this.mayForget = mayForget;
    }

    /** For all that is no attempt: nothing is said of acceptances that the database may have forgotten. */
    public StateTransaction(KeycloakSession session, String realmId, String userId) {
        this(session, realmId, userId, false);
    }

    /** For an attempt. */
    public static StateTransaction ofAttempt(KeycloakSession session, RealmModel realm, String userId) {
        try {
            boolean mayForget =
                    GuardJpaEntityProviderFactory.crashMemory(session).mayForget(session, realm);
            return new StateTransaction(session, realm.getId(), userId, mayForget);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** As {@link #run}, and meanwhile the request, which has only read so far, holds no connection of its own. */
    public <T> T runAfterReading(Function<StateRow, T> work) {
        RequestConnection.giveBack(session);
        return run(work);
    }

    public <T> T run(Function<StateRow, T> work) {
        for (int triesLeft = TRIES - 1; ; triesLeft--) {
            try {
                return runOnce(work);
            } catch (ModelException | PersistenceException | CommitFailedException e) {
                if (triesLeft == 0 || !mayBeTriedAgain(e)) {
                    throw unavailable(e);
                }
            }
        }
    }

    /** Somebody else made the row at the same moment, or the database chose this transaction to end a deadlock. */
    private static boolean mayBeTriedAgain(Exception failure) {
        return failure instanceof ConstraintViolationException
                || Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                        .anyMatch(StateTransaction::isRolledBackByDatabase);
    }

    static boolean isRolledBackByDatabase(Throwable cause) {
        return cause instanceof SQLException e
                && e.getSQLState() != null
                && (e.getSQLState().startsWith(TRANSACTION_ROLLBACK)
                        || e.getSQLState().equals(LOCK_TIMEOUT));
    }

    /** The state as it is now, without waiting for anybody. */
    public SecondFactorState peek() {
        try {
            return StateRow.peek(StateTable.of(session), userId);
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
            return StateRow.lock(StateTable.of(own, mayForget), userId, realmId);
        } catch (UnreadableStateException e) {
            throw unreadable(e);
        }
    }

    private VerificationUnavailableException unreadable(UnreadableStateException e) {
        return new VerificationUnavailableException(
                Cause.STATE,
                "The row of user " + userId + " in TOTP_GUARD_STATE is not readable (" + e.getMessage()
                        + "). Was it written by a newer version? If it is damaged, delete that one row",
                e);
    }

    static VerificationUnavailableException unavailable(Exception e) {
        return new VerificationUnavailableException(
                Cause.DATABASE, "The database did not take the decision, so nothing was accepted: check it", e);
    }
}
