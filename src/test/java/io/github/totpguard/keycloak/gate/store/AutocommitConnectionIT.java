package io.github.totpguard.keycloak.gate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.harness.Postgres;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.JpaConnectionProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Uses real connections, some of which the database has ended. How Keycloak's pool handles them is tested in {@code
 * FailsClosedIT}.
 */
@DisplayName("A connection outside of all transactions")
final class AutocommitConnectionIT {
    private static final String COUNT_UP = "update uses set n = n + 1";

    private static Postgres postgres;

    private final Deque<Connection> pool = new ArrayDeque<>();
    private final List<Connection> lent = new ArrayList<>();

    @BeforeAll
    static void start() throws SQLException {
        postgres = Postgres.start("autocommit-postgres");
        try (Connection connection = postgres.dataSource().getConnection()) {
            execute(connection, "create table uses (n int)");
            execute(connection, "insert into uses values (0)");
        }
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void fillPool() throws SQLException {
        for (int i = 0; i < 3; i++) {
            Connection connection = postgres.dataSource().getConnection();
            execute(connection, "update uses set n = 0");
            pool.add(connection);
        }
    }

    @AfterEach
    void emptyPool() throws SQLException {
        for (Connection connection : pool) {
            connection.close();
        }
    }

    @Test
    @Tag("S13")
    @DisplayName("if a connection died in the pool, it is closed, and the statement is sent once more on another")
    void oneDead() throws SQLException {
        end(pool.peek());
        assertThat(run(COUNT_UP)).isEqualTo(1);
        assertThat(lent).hasSize(2);
        assertThat(lent.get(0).isClosed()).isTrue();
        assertThat(uses()).isEqualTo(1);
    }

    @Test
    @Tag("S13")
    @DisplayName("two dead connections in a row are an error, and the statement is not executed")
    void twoDead() throws SQLException {
        Deque<Connection> both = new ArrayDeque<>(pool);
        end(both.poll());
        end(both.poll());
        assertThatThrownBy(() -> run(COUNT_UP)).isInstanceOf(SQLException.class);
        assertThat(lent).hasSize(2);
        assertThat(uses()).isZero();
    }

    @Test
    @DisplayName("a statement that the database refuses is not sent again")
    void refused() throws SQLException {
        assertThatThrownBy(() -> run("update uses set n = 1 / 0"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("division by zero");
        assertThat(lent).hasSize(1);
        assertThat(uses()).isZero();
    }

    private int run(String sql) throws SQLException {
        return AutocommitConnection.run(factory(), connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        });
    }

    /** Ends the connection on the server, as a database administrator does. The client is not informed. */
    private static void end(Connection connection) throws SQLException {
        String pid = text(connection, "select pg_backend_pid()");
        try (Connection other = postgres.dataSource().getConnection()) {
            text(other, "select pg_terminate_backend(" + pid + ", 60000)");
        }
    }

    private static int uses() throws SQLException {
        try (Connection connection = postgres.dataSource().getConnection()) {
            return Integer.parseInt(text(connection, "select n from uses"));
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A factory that lends the connections of the pool in turn, without JTA. */
    private KeycloakSessionFactory factory() {
        JpaConnectionProviderFactory connections = proxy(JpaConnectionProviderFactory.class, "getConnection", () -> {
            Connection next = pool.poll();
            lent.add(next);
            return next;
        });
        return (KeycloakSessionFactory) Proxy.newProxyInstance(
                KeycloakSessionFactory.class.getClassLoader(),
                new Class<?>[] {KeycloakSessionFactory.class},
                (self, method, arguments) ->
                        method.getName().equals("getProviderFactory") && arguments[0] == JpaConnectionProvider.class
                                ? connections
                                : null);
    }

    private interface Answer {
        Object get();
    }

    private static <T> T proxy(Class<T> type, String answered, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getName().equals(answered) ? answer.get() : null));
    }
}
