package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.store.OwnTransaction.CommitFailedException;
import io.github.totpguard.keycloak.gate.store.StateCodec.UnreadableStateException;
import io.github.totpguard.keycloak.gate.store.StateTable.Stored;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/**
 * A user's row in {@code TOTP_GUARD_STATE}: locked, read, written, and committed when {@link #run} returns, in a transaction of
 * its own. An error page rolls back the request's transaction, but never what was decided here.
 *
 * <p>Every use of the row goes through this class, so retries, the check of the clock, and the log are the same for all.
 */
public final class UserStateStore {
    /** How far the clocks of two nodes may differ before a clock counts as set back. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /**
     * Only the first attempts of a new user, sent in parallel, can collide: two make the row, or, on MariaDB, wait for each
     * other, which takes more than one try where there are many. Then all of them find the row.
     */
    private static final int TRIES = 6;

    /** The class of SQLSTATE that says: nothing was done, try again. */
    private static final String TRANSACTION_ROLLBACK = "40";

    /** The same of H2, which waits for a row for two seconds only. */
    private static final String LOCK_TIMEOUT = "HYT00";

    private final KeycloakSession session;
    private final String realmId;
    private final String userId;
    private final String consequence;
    private final boolean mayForget;

    private UserStateStore(
            KeycloakSession session, String realmId, String userId, String consequence, boolean mayForget) {
        this.session = session;
        this.realmId = realmId;
        this.userId = userId;
        this.consequence = consequence;
        this.mayForget = mayForget;
    }

    /**
     * For everything but an attempt. Nothing is said of acceptances that the database may have forgotten.
     *
     * @param consequence what does not happen if the row is not available; the beginning of the log's line
     */
    public static UserStateStore of(KeycloakSession session, String realmId, String userId, String consequence) {
        return new UserStateStore(session, realmId, userId, consequence, false);
    }

    /** For an attempt. */
    public static UserStateStore ofAttempt(
            KeycloakSession session, RealmModel realm, String userId, String consequence) {
        try {
            boolean mayForget =
                    GuardJpaEntityProviderFactory.crashMemory(session).mayForget(session, realm);
            return new UserStateStore(session, realm.getId(), userId, consequence, mayForget);
        } catch (SQLException e) {
            throw unavailable(e).logged(consequence);
        }
    }

    /** As {@link #run}, but the request, which has only read so far, meanwhile holds no connection of its own. */
    public <T> T runAfterReading(Function<LockedState, T> work) {
        return logged(() -> {
            RequestConnection.giveBack(session);
            return tried(work);
        });
    }

    /**
     * Waits for the row, and makes it if there is none. The work may be done more than once; what it stored last is committed.
     *
     * @throws VerificationUnavailableException if the database does not answer, or the row is not readable; it is logged
     */
    public <T> T run(Function<LockedState, T> work) {
        return logged(() -> tried(work));
    }

    /**
     * The state as it is now. Takes no lock and does not wait.
     *
     * @throws VerificationUnavailableException if the database does not answer, or the row is not readable; it is logged
     */
    public SecondFactorState peek() {
        return logged(() -> {
            try {
                Optional<Stored> found = StateTable.of(session).read(userId);
                return found.isPresent() ? StateCodec.read(found.get().text()) : SecondFactorState.EMPTY;
            } catch (UnreadableStateException e) {
                throw unreadable(e);
            } catch (ModelException | PersistenceException e) {
                throw unavailable(e);
            }
        });
    }

    private interface Work<T> {
        T done();
    }

    private <T> T logged(Work<T> work) {
        try {
            return work.done();
        } catch (VerificationUnavailableException e) {
            throw e.logged(consequence);
        }
    }

    private <T> T tried(Function<LockedState, T> work) {
        for (int triesLeft = TRIES - 1; ; triesLeft--) {
            try {
                return OwnTransaction.run(session.getKeycloakSessionFactory(), own -> work.apply(lock(own)));
            } catch (ModelException | PersistenceException | CommitFailedException e) {
                if (triesLeft == 0 || !mayBeTriedAgain(e)) {
                    throw unavailable(e);
                }
            }
        }
    }

    /** Another attempt made the row at the same moment, or the database chose this transaction to end a deadlock. */
    private static boolean mayBeTriedAgain(Exception failure) {
        return failure instanceof ConstraintViolationException
                || Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                        .anyMatch(UserStateStore::isRolledBackByDatabase);
    }

    static boolean isRolledBackByDatabase(Throwable cause) {
        return cause instanceof SQLException e
                && e.getSQLState() != null
                && (e.getSQLState().startsWith(TRANSACTION_ROLLBACK)
                        || e.getSQLState().equals(LOCK_TIMEOUT));
    }

    private LockedState lock(KeycloakSession own) {
        try {
            StateTable table = StateTable.of(own, mayForget);
            Optional<Stored> found = table.lock(userId);
            if (found.isPresent()) {
                SecondFactorState state = StateCodec.read(found.get().text());
                return new LockedState(table, userId, state, found.get().sinceLoss());
            }
            table.insert(userId, realmId, StateCodec.write(SecondFactorState.EMPTY));
            return new LockedState(table, userId, SecondFactorState.EMPTY, Optional.empty());
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

    /** The state in a locked row: until the transaction ends, no other attempt on any node decides about this user. */
    public static final class LockedState {
        private final StateTable table;
        private final String userId;
        private final SecondFactorState state;
        private final Optional<Duration> sinceLoss;

        private LockedState(StateTable table, String userId, SecondFactorState state, Optional<Duration> sinceLoss) {
            this.table = table;
            this.userId = userId;
            this.state = state;
            this.sinceLoss = sinceLoss;
        }

        public SecondFactorState state() {
            return state;
        }

        /**
         * The server's time, read under the lock: an attempt that waited is judged by the time at which it is judged.
         *
         * @param lastUse the newest time in the part of the state that is being decided. If the clock was set back, used codes
         *     look new and expired trust is good again.
         * @throws VerificationUnavailableException if that time is in the future
         */
        public Instant now(Optional<Instant> lastUse) {
            Instant now = ServerTime.now();
            lastUse.filter(used -> used.isAfter(now.plus(CLOCK_TOLERANCE))).ifPresent(used -> {
                throw new VerificationUnavailableException(
                        Cause.CLOCK,
                        "User " + userId + " last came in at " + used + ", and now it is " + now
                                + ": set this server's clock. If it is right now and was wrong then, delete the user's row"
                                + " in TOTP_GUARD_STATE");
            });
            return now;
        }

        /**
         * Acceptances before this moment may be missing in the state: the database ended without shutting down, and they had
         * not reached its disk. Empty if none can be missing.
         *
         * @param now the server's time
         */
        public Optional<Instant> lostUntil(Instant now) {
            return sinceLoss.map(now::minus);
        }

        /** Once in a transaction. */
        public void store(SecondFactorState changed) {
            if (!changed.equals(state)) {
                table.update(userId, changed, false);
            }
        }

        /** The same of a state in which nothing is missing any more. */
        public void storeWhole(SecondFactorState changed) {
            if (!changed.equals(state)) {
                table.update(userId, changed, true);
            }
        }
    }
}
