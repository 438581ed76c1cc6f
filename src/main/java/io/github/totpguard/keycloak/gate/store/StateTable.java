package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.SecondFactorState;
import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.SQLServerDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.util.JpaUtils;
import org.keycloak.models.KeycloakSession;

/**
 * The SQL of {@code TOTP_GUARD_STATE}, on the connection and in the transaction of a session.
 *
 * <p>No entity: one row is read and written by its key, and flushing an entity for that took more than half of the time of
 * writing it (docs/develop/benchmark.md). A user's id may also be {@code f:component:name}, of one who lives in another store;
 * hence no foreign key. Failures come as {@link jakarta.persistence.PersistenceException}s.
 */
final class StateTable {
    private static final String NAME = "TOTP_GUARD_STATE";
    private static final double MILLIS = 1000;

    /** In seconds: how long ago the database last started without having shut down; null for rows that were whole since. */
    private static final String SECONDS_SINCE_LOSS = "case when WHOLE_AT < " + CrashMemory.LAST_CRASH
            + " then extract(epoch from clock_timestamp() - " + CrashMemory.LAST_CRASH + ") end";

    private final Session session;
    private final String name;
    private final boolean locksByHint;
    private final boolean mayForget;

    private StateTable(EntityManager em, boolean mayForget) {
        this.session = em.unwrap(Session.class);
        this.name = name(em);
        this.locksByHint = dialect(em) instanceof SQLServerDialect;
        this.mayForget = mayForget;
    }

    /** For all that is not an attempt. */
    static StateTable of(KeycloakSession session) {
        return new StateTable(entities(session), false);
    }

    /** @param mayForget whether the database may forget acceptances when it crashes */
    static StateTable of(KeycloakSession session, boolean mayForget) {
        return new StateTable(entities(session), mayForget);
    }

    /** With the schema that Keycloak may be told to use. */
    static String name(EntityManager em) {
        return JpaUtils.getTableNameForNativeQuery(NAME, em);
    }

    static Dialect dialect(EntityManager em) {
        return em.getEntityManagerFactory()
                .unwrap(SessionFactoryImplementor.class)
                .getJdbcServices()
                .getDialect();
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The user's text as it is now, without waiting for anybody. */
    Optional<Stored> read(String userId) {
        return select("select " + columns() + " from " + name + " where USER_ID = ?", userId);
    }

    /** The user's text, as soon as nobody else has the row; it is locked until the transaction ends. */
    Optional<Stored> lock(String userId) {
        // A database that knew neither would refuse the statement, and nothing would be verified.
        return locksByHint
                ? select("select " + columns() + " from " + name + " with (updlock, rowlock) where USER_ID = ?", userId)
                : select("select " + columns() + " from " + name + " where USER_ID = ? for update", userId);
    }

    /** Makes the row, at once: from here on the unique key holds off everyone else until the transaction ends. */
    void insert(String userId, String realmId, String state) {
        execute("insert into " + name + " (USER_ID, REALM_ID, STATE) values (?, ?, ?)", userId, realmId, state);
    }

    /** @param whole whether the state holds all acceptances up to now, also those that the database may have forgotten */
    void update(String userId, SecondFactorState state, boolean whole) {
        Optional<OpenText> open = OpenText.of(state);
        execute(
                "update " + name + " set STATE = ?, LAST_DEVICE = ?, LAST_STEP = ?, LAST_DRIFT = ?, LAST_USED = ?"
                        + (whole && mayForget ? ", WHOLE_AT = clock_timestamp()" : "") + " where USER_ID = ?",
                open.map(OpenText::text).orElseGet(() -> StateCodec.write(state)),
                open.map(OpenText::deviceId).orElse(null),
                open.map(last -> last.device().lastAcceptedStep()).orElse(null),
                open.map(last -> last.device().drift()).orElse(null),
                open.map(last -> last.device().lastUsed().getEpochSecond()).orElse(null),
                userId);
    }

    void removeUser(String userId) {
        execute("delete from " + name + " where USER_ID = ?", userId);
    }

    void removeRealm(String realmId) {
        execute("delete from " + name + " where REALM_ID = ?", realmId);
    }

    private String columns() {
        return mayForget ? "STATE, " + SECONDS_SINCE_LOSS : "STATE";
    }

    private Optional<Stored> select(String sql, String userId) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, userId);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(stored(rows)) : Optional.empty();
                }
            }
        });
    }

    private Stored stored(ResultSet rows) throws SQLException {
        Optional<Duration> sinceLoss = Optional.empty();
        if (mayForget) {
            double seconds = rows.getDouble(2);
            sinceLoss = rows.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis((long) (seconds * MILLIS)));
        }
        return new Stored(rows.getString(1), sinceLoss);
    }

    private void execute(String sql, Object... parameters) {
        session.doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                statement.executeUpdate();
            }
        });
    }

    /**
     * A row.
     *
     * @param text its state
     * @param sinceLoss how long ago the database may have forgotten acceptances of this row; empty if it has forgotten none
     */
    record Stored(String text, Optional<Duration> sinceLoss) {}
}
