package io.github.totpguard.keycloak.gate;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SessionImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.transaction.JtaTransactionManagerLookup;

/** Statements on Keycloak's database that are each a transaction of their own, outside of the request's. */
final class SingleStatements {
    private final SessionFactoryImplementor factory;
    private final TransactionManager transactions;

    private SingleStatements(SessionFactoryImplementor factory, TransactionManager transactions) {
        this.factory = factory;
        this.transactions = transactions;
    }

    /** Empty where Keycloak runs without a transaction manager, so that nobody knows what a connection belongs to. */
    static Optional<SingleStatements> of(KeycloakSession session) {
        return Optional.ofNullable(session.getProvider(JtaTransactionManagerLookup.class))
                .map(JtaTransactionManagerLookup::getTransactionManager)
                .map(transactions -> new SingleStatements(
                        session.getProvider(JpaConnectionProvider.class)
                                .getEntityManager()
                                .unwrap(SessionImplementor.class)
                                .getFactory(),
                        transactions));
    }

    /** What is done on a connection, and the name of our table there, with its schema if it has one. */
    interface Work<T> {
        T on(Connection connection, String table) throws SQLException;
    }

    /**
     * @throws jakarta.persistence.PersistenceException if the database failed
     * @throws SystemException if the request's transaction could not be set aside
     */
    <T> T run(Work<T> work) throws SystemException {
        Transaction request = transactions.suspend();
        try (StatelessSession own = factory.openStatelessSession()) {
            return own.doReturningWork(connection -> {
                if (!connection.getAutoCommit()) {
                    throw new SQLException("A connection outside of transactions that does not commit by itself");
                }
                return work.on(connection, table());
            });
        } finally {
            resume(request);
        }
    }

    private String table() {
        return factory.getMappingMetamodel()
                .getEntityDescriptor(StateEntity.class)
                .getMappedTableDetails()
                .getTableName();
    }

    private void resume(Transaction request) throws SystemException {
        if (request == null) {
            return;
        }
        try {
            transactions.resume(request);
        } catch (InvalidTransactionException e) {
            throw new IllegalStateException("The request's transaction is gone", e);
        }
    }
}
