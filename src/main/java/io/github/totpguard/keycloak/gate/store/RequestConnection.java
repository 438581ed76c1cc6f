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
 * The database connection of the request itself. A request that had to read its user from the database holds one until its
 * transaction ends, and the decision needs another: with more such requests than connections they would all wait for each
 * other.
 */
public final class RequestConnection {
    private final KeycloakSession session;

    private RequestConnection(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Gives the connection back, by ending the request's transaction and beginning a new one. Only while the request has
     * written nothing, flushed or not: then there is nothing that a later rollback should undo. A request that has
     * written keeps its connection, and the decision takes a second one. So it does where another persistence unit is
     * installed, because its changes would be committed too.
     *
     * <p>What cannot be seen are writes past the request's session: by plain JDBC, also on this session's connection
     * ({@code Session.doWork}), by stored procedures, by a query that writes but is run for its result, and by other
     * sessions that take part in the same transaction. They are committed here. A lock that the request holds ends here.
     *
     * @throws VerificationUnavailableException if the database did not even let a transaction end that wrote nothing
     */
    public static void giveBack(KeycloakSession session) {
        try {
            new RequestConnection(session).release();
        } catch (PersistenceException | CommitFailedException e) {
            throw new VerificationUnavailableException(
                    Cause.DATABASE, "The database did not take the decision, so nothing was accepted: check it", e);
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
                // By itself it joins the new one with a query, but not with a lock, which would find no transaction.
                entities().joinTransaction();
            }
        } catch (SystemException | NotSupportedException e) {
            throw new CommitFailedException(e);
        }
    }

    /** Hibernate takes a connection for the first statement, and keeps it until the transaction ends. */
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
            // Keycloak ends the request's transaction itself, and would not find one.
            transactions.begin();
        }
    }
}
