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
 * The SQL for {@code TOTP_GUARD_STATE}, on the connection and in the transaction of a session.
 *
 * <p>There is no JPA entity. One row is read and written by its key, and flushing an entity took more than half of the
 * time of writing it (docs/develop/benchmark.md). There is no foreign key, because the id of a user in another user
 * store has the form {@code f:component:name}. Failures are thrown as {@link jakarta.persistence.PersistenceException}.
 */
final class StateTable {
    private static final String NAME = "TOTP_GUARD_STATE";
    private static final double MILLIS = 1000;

    /**
     * How long ago, in seconds, the database last started without a clean shutdown; null if the row was complete after
     * that.
     */
    private static final String SECONDS_SINCE_LOSS = "case when WHOLE_AT < " + CrashMemory.LAST_CRASH
            + " then extract(epoch from clock_timestamp() - " + CrashMemory.LAST_CRASH + ") end";

    private final Session session;
    private final String name;
    private final boolean locksByHint;
    private final boolean mayBeLost;

    private StateTable(EntityManager em, boolean mayBeLost) {
        this.session = em.unwrap(Session.class);
        this.name = name(em);
        this.locksByHint = dialect(em) instanceof SQLServerDialect;
        this.mayBeLost = mayBeLost;
    }

    /** For everything except an attempt. */
    static StateTable of(KeycloakSession session) {
        return new StateTable(entities(session), false);
    }

    /** @param mayBeLost whether a crash of the database may lose acceptances */
    static StateTable of(KeycloakSession session, boolean mayBeLost) {
        return new StateTable(entities(session), mayBeLost);
    }

    /** The table's name, with the schema if one is configured in Keycloak. */
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

    /** The current text of the user's row. Does not wait for a lock. */
    Optional<Stored> read(String userId) {
        return select("select " + columns() + " from " + name + " where USER_ID = ?", userId);
    }

    /** The text of the user's row. Waits for the lock and holds it until the transaction ends. */
    Optional<Stored> lock(String userId) {
        // A database that supports neither form would refuse the statement, and no code would be accepted.
        return locksByHint
                ? select("select " + columns() + " from " + name + " with (updlock, rowlock) where USER_ID = ?", userId)
                : select("select " + columns() + " from " + name + " where USER_ID = ? for update", userId);
    }

    /** Creates the row immediately. From then on, the unique key blocks all other transactions until this one ends. */
    void insert(String userId, String realmId, String state) {
        execute("insert into " + name + " (USER_ID, REALM_ID, STATE) values (?, ?, ?)", userId, realmId, state);
    }

    /** @param whole whether the state includes all acceptances up to now, also those that the database may have lost */
    void update(String userId, SecondFactorState state, boolean whole) {
        Optional<OpenText> open = OpenText.of(state);
        execute(
                "update " + name + " set STATE = ?, LAST_DEVICE = ?, LAST_STEP = ?, LAST_DRIFT = ?, LAST_USED = ?"
                        + (whole && mayBeLost ? ", WHOLE_AT = clock_timestamp()" : "") + " where USER_ID = ?",
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
        return mayBeLost ? "STATE, " + SECONDS_SINCE_LOSS : "STATE";
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
        if (mayBeLost) {
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
     * @param text the text of its state
     * @param sinceLoss how long ago the database may have lost acceptances of this row; empty if it has lost none
     */
    record Stored(String text, Optional<Duration> sinceLoss) {}
}
