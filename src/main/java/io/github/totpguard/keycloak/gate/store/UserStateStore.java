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
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;

/**
 * A user's row in {@code TOTP_GUARD_STATE}. {@link #run} locks, reads, writes and commits it in a separate transaction
 * before it returns. An error page rolls back the request's transaction, but never a decision that was made here.
 *
 * <p>All that decides under the lock goes through this class, so that retries, the clock check and the log are the same for all.
 * {@link ConditionalAcceptance} decides without the lock, and {@link RequestLock} only holds it.
 */
public final class UserStateStore {
    /** How far the clocks of two nodes may differ before a clock counts as set back. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /**
     * Only the first attempts of a new user, sent in parallel, can collide. Two of them create the row, or, on MariaDB,
     * wait for each other; with many of them, more than one retry is needed. After that, all of them find the row.
     */
    private static final int MAX_TRIES = 6;

    /** The SQLSTATE prefix for a rolled-back transaction that may be retried. */
    private static final String TRANSACTION_ROLLBACK = "40";

    /** H2's SQLSTATE for a lock timeout, which also may be retried: H2 waits only two seconds for a row. */
    private static final String LOCK_TIMEOUT = "HYT00";

    private final KeycloakSession session;
    private final String realmId;
    private final String userId;
    private final String consequence;
    private final boolean mayBeLost;

    private UserStateStore(
            KeycloakSession session, String realmId, String userId, String consequence, boolean mayBeLost) {
        this.session = session;
        this.realmId = realmId;
        this.userId = userId;
        this.consequence = consequence;
        this.mayBeLost = mayBeLost;
    }

    /**
     * For everything except an attempt. Does not report acceptances that the database may have lost.
     *
     * @param consequence what does not happen if the row is not available; it begins the log line
     */
    public static UserStateStore of(KeycloakSession session, String realmId, String userId, String consequence) {
        return new UserStateStore(session, realmId, userId, consequence, false);
    }

    /** For an attempt. */
    public static UserStateStore ofAttempt(
            KeycloakSession session, RealmModel realm, String userId, String consequence) {
        try {
            boolean mayBeLost =
                    GuardJpaEntityProviderFactory.crashMemory(session).mayBeLost(session, realm);
            return new UserStateStore(session, realm.getId(), userId, consequence, mayBeLost);
        } catch (SQLException e) {
            throw unavailable(e).logged(consequence);
        }
    }

    /**
     * Like {@link #run}, for a request that has only read so far: while the work runs, the request holds no connection
     * of its own.
     */
    public <T> T runAfterReading(Function<LockedState, T> work) {
        return logged(() -> {
            RequestConnection.giveBack(session);
            return runWithRetries(work);
        });
    }

    /**
     * Waits for the lock on the row, and creates the row if there is none. The work may run more than once; the state
     * that it stored last is committed.
     *
     * @throws VerificationUnavailableException if the database does not answer or the row is not readable; it is logged
     */
    public <T> T run(Function<LockedState, T> work) {
        return logged(() -> runWithRetries(work));
    }

    /**
     * The current state. Takes no lock and does not wait.
     *
     * @throws VerificationUnavailableException if the database does not answer or the row is not readable; it is logged
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

    /** For a lock of the request's own transaction; what is not available is logged by the caller. */
    static void createRow(KeycloakSession session, String realmId, String userId) {
        new UserStateStore(session, realmId, userId, "", false).runWithRetries(row -> row);
    }

    private <T> T logged(Supplier<T> work) {
        try {
            return work.get();
        } catch (VerificationUnavailableException e) {
            throw e.logged(consequence);
        }
    }

    private <T> T runWithRetries(Function<LockedState, T> work) {
        for (int triesLeft = MAX_TRIES - 1; ; triesLeft--) {
            try {
                return OwnTransaction.run(session.getKeycloakSessionFactory(), own -> work.apply(lock(own)));
            } catch (ModelException | PersistenceException | CommitFailedException e) {
                if (triesLeft == 0 || !mayBeRetried(e)) {
                    throw unavailable(e);
                }
            }
        }
    }

    /**
     * Another attempt created the row at the same time, or the database rolled back this transaction to end a deadlock.
     */
    private static boolean mayBeRetried(Exception failure) {
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
            StateTable table = StateTable.of(own, mayBeLost);
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
                Cause.DATABASE,
                "The database did not store the decision, so nothing was decided: check the database",
                e);
    }

    /** The state in a locked row. Until the transaction ends, no other attempt on any node can decide for this user. */
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
         * The server's time, read under the lock, so that an attempt that waited is judged by the time of its decision.
         *
         * @param lastUse the newest time in the part of the state that is being decided. If the clock was set back,
         *     replayed codes would look new and expired trust would be valid again.
         * @throws VerificationUnavailableException if that time is in the future
         */
        public Instant now(Optional<Instant> lastUse) {
            Instant now = ServerTime.now();
            lastUse.filter(used -> used.isAfter(now.plus(CLOCK_TOLERANCE))).ifPresent(used -> {
                throw new VerificationUnavailableException(
                        Cause.CLOCK,
                        "User " + userId + " was last accepted at " + used + ", but now it is " + now
                                + ": set this server's clock. If it is right now and was wrong then, delete the user's"
                                + " row in TOTP_GUARD_STATE");
            });
            return now;
        }

        /**
         * The state may lack acceptances from before this time: the database ended without a clean shutdown, and they
         * had not reached its disk. Empty if none can be missing.
         *
         * @param now the server's time
         */
        public Optional<Instant> lostUntil(Instant now) {
            return sinceLoss.map(now::minus);
        }

        /** Stores the state. Call this at most once in a transaction. */
        public void store(SecondFactorState changed) {
            if (!changed.equals(state)) {
                table.update(userId, changed, false);
            }
        }

        /** Like {@link #store}, for a state that lacks no acceptances any more. */
        public void storeWhole(SecondFactorState changed) {
            if (!changed.equals(state)) {
                table.update(userId, changed, true);
            }
        }
    }
}
