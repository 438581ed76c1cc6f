package io.github.totpguard.keycloak.gate.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.JpaConnectionProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A connection of Keycloak's pool outside of all transactions. Each statement commits by itself, which saves the round
 * trips for begin and commit.
 */
final class AutocommitConnection {
    /** The network timeout. If the first try took this long, there is no second one. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The SQLSTATE prefixes of a lost connection: connection exception, operator intervention. */
    private static final String CONNECTION_EXCEPTION = "08";

    private static final String ENDED_BY_OPERATOR = "57P";

    private AutocommitConnection() {}

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs the work with a connection. If that connection was dead, runs it once more with another one, because the
     * pool does not validate a connection before it lends it.
     *
     * @param work if it runs a second time, the first run may already have been committed
     * @throws SQLException if there is no connection, if it does not answer within ten seconds, or if the database
     *     refuses the statement
     */
    static <T> T run(KeycloakSessionFactory factory, Work<T> work) throws SQLException {
        JpaConnectionProviderFactory connections =
                (JpaConnectionProviderFactory) factory.getProviderFactory(JpaConnectionProvider.class);
        FutureTask<T> task = new FutureTask<>(() -> runWithRetry(connections, work));
        KeycloakModelUtils.suspendJtaTransaction(factory, task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("get() does not wait for a completed task", e);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static <T> T runWithRetry(JpaConnectionProviderFactory connections, Work<T> work) throws SQLException {
        long begun = System.nanoTime();
        try {
            return runOnce(connections, work);
        } catch (DeadConnectionException e) {
            if (System.nanoTime() - begun >= LIMIT.toNanos()) {
                throw e;
            }
            return runOnce(connections, work);
        }
    }

    private static <T> T runOnce(JpaConnectionProviderFactory connections, Work<T> work) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            // The driver's connection is aborted below the pool's wrapper. The pool notices that when the wrapper is
            // returned, and does not lend the connection again. The wrapper itself must not be aborted, because Agroal
            // 3.0.1 then never gets the connection back.
            Connection driverConnection = connection.unwrap(Connection.class);
            int usualTimeout = connection.getNetworkTimeout();
            try {
                connection.setNetworkTimeout(Runnable::run, (int) LIMIT.toMillis());
                T result = work.on(connection);
                connection.setNetworkTimeout(Runnable::run, usualTimeout);
                return result;
            } catch (SQLException e) {
                if (isDead(e)) {
                    driverConnection.abort(Runnable::run);
                    throw new DeadConnectionException(e);
                }
                connection.setNetworkTimeout(Runnable::run, usualTimeout);
                throw e;
            }
        }
    }

    private static boolean isDead(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(CONNECTION_EXCEPTION) || state.startsWith(ENDED_BY_OPERATOR));
    }

    private static SQLException unwrapped(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof SQLException refused) {
            return refused;
        }
        // Keycloak wraps the SQLException in this way if there is no connection.
        if (failure.getCause() instanceof SQLException none) {
            return none;
        }
        // The work throws no other checked exceptions.
        throw (RuntimeException) failure;
    }

    /** The connection is lost. */
    private static final class DeadConnectionException extends SQLException {
        DeadConnectionException(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }
}
