package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.keycloak.gate.store.OwnTransaction.CommitFailedException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import org.hibernate.engine.spi.SessionImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.transaction.JtaTransactionManagerLookup;

/**
 * The database connection of the request itself. A request that had to read its user from the database holds a
 * connection until its transaction ends, and the decision needs a second one. If there are more such requests than
 * connections, they all wait for each other.
 */
public final class RequestConnection {
    private final KeycloakSession session;

    private RequestConnection(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Returns the connection to the pool by ending the request's transaction and beginning a new one. This is done only
     * while the request has written nothing, flushed or not, because then a later rollback has nothing to undo. If the
     * request has written, it keeps its connection, and the decision takes a second one. The same applies if another
     * persistence unit is installed, because its changes would be committed too.
     *
     * <p>Some writes bypass the request's session and cannot be detected: plain JDBC, also on this session's connection
     * ({@code Session.doWork}); stored procedures; a query that writes but is run for its result; and other sessions in
     * the same transaction. They are committed here. A lock that the request holds ends here.
     *
     * @throws VerificationUnavailableException if the database could not even end a transaction that wrote nothing
     */
    public static void giveBack(KeycloakSession session) {
        try {
            new RequestConnection(session).release();
        } catch (PersistenceException | CommitFailedException e) {
            throw new VerificationUnavailableException(
                    Cause.DATABASE,
                    "The database did not store the decision, so nothing was decided: check the database",
                    e);
        }
    }

    private void release() throws CommitFailedException {
        JtaTransactionManagerLookup lookup = session.getProvider(JtaTransactionManagerLookup.class);
        TransactionManager transactions = lookup == null ? null : lookup.getTransactionManager();
        if (transactions == null || !holdsConnection() || mayHaveWritten()) {
            return;
        }
        try {
            if (transactions.getStatus() == Status.STATUS_ACTIVE) {
                renew(transactions);
                // By itself, the entity manager joins the new transaction with a query, but not with a lock, which
                // would then find no transaction.
                entities().joinTransaction();
            }
        } catch (SystemException | NotSupportedException e) {
            throw new CommitFailedException(e);
        }
    }

    /** Hibernate takes a connection for the first statement and keeps it until the transaction ends. */
    private boolean holdsConnection() {
        return entities().getJdbcCoordinator().getLogicalConnection().isPhysicallyConnected();
    }

    private boolean mayHaveWritten() {
        return WriteMark.isSetIn(entities())
                || hasOtherPersistenceUnit()
                || entities().isDirty();
    }

    private boolean hasOtherPersistenceUnit() {
        return session.getKeycloakSessionFactory()
                        .getProviderFactoriesStream(JpaConnectionProvider.class)
                        .count()
                > 1;
    }

    private SessionImplementor entities() {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .unwrap(SessionImplementor.class);
    }

    private static void renew(TransactionManager transactions)
            throws CommitFailedException, SystemException, NotSupportedException {
        try {
            transactions.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException e) {
            throw new CommitFailedException(e);
        } finally {
            // Keycloak ends the request's transaction itself, so there must be one.
            transactions.begin();
        }
    }
}
