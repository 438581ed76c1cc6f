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
 * A connection of Keycloak's pool outside of every transaction: a statement commits by itself, with no round trip for begin and
 * commit.
 */
final class AutocommitConnection {
    /** A database that has not answered by then gets no second chance. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The classes of SQLSTATE that say that the connection is gone: connection exception, operator intervention. */
    private static final String CONNECTION_EXCEPTION = "08";

    private static final String ENDED_BY_OPERATOR = "57P";

    private AutocommitConnection() {}

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Works with a connection, and once more with another one if the first was dead: the pool does not look before it lends one.
     *
     * @param work may have been done, and committed, when it is asked for the second time
     * @throws SQLException if there is no connection, if it does not answer within ten seconds, or if the database refuses
     */
    static <T> T run(KeycloakSessionFactory factory, Work<T> work) throws SQLException {
        JpaConnectionProviderFactory connections =
                (JpaConnectionProviderFactory) factory.getProviderFactory(JpaConnectionProvider.class);
        FutureTask<T> task = new FutureTask<>(() -> twice(connections, work));
        KeycloakModelUtils.suspendJtaTransaction(factory, task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("A task that is done does not wait", e);
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        }
    }

    private static <T> T twice(JpaConnectionProviderFactory connections, Work<T> work) throws SQLException {
        long begun = System.nanoTime();
        try {
            return once(connections, work);
        } catch (DeadConnectionException e) {
            if (System.nanoTime() - begun >= LIMIT.toNanos()) {
                throw e;
            }
            return once(connections, work);
        }
    }

    private static <T> T once(JpaConnectionProviderFactory connections, Work<T> work) throws SQLException {
        try (Connection connection = connections.getConnection()) {
            // Closed below the pool's, which sees that when it gets its own back, and lends it no more. Its own must
            // not be
            // aborted: Agroal 3.0.1 never gets that back.
            Connection drivers = connection.unwrap(Connection.class);
            int usual = connection.getNetworkTimeout();
            try {
                connection.setNetworkTimeout(Runnable::run, (int) LIMIT.toMillis());
                T result = work.on(connection);
                connection.setNetworkTimeout(Runnable::run, usual);
                return result;
            } catch (SQLException e) {
                if (isDead(e)) {
                    drivers.abort(Runnable::run);
                    throw new DeadConnectionException(e);
                }
                connection.setNetworkTimeout(Runnable::run, usual);
                throw e;
            }
        }
    }

    private static boolean isDead(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith(CONNECTION_EXCEPTION) || state.startsWith(ENDED_BY_OPERATOR));
    }

    private static SQLException thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof SQLException refused) {
            return refused;
        }
        // What Keycloak makes of an SQLException where there is no connection.
        if (failure.getCause() instanceof SQLException none) {
            return none;
        }
        // The work throws nothing else that is checked.
        throw (RuntimeException) failure;
    }

    /** The connection is of no use any more. */
    private static final class DeadConnectionException extends SQLException {
        DeadConnectionException(SQLException cause) {
            super(cause.getMessage(), cause.getSQLState(), cause);
        }
    }
}
