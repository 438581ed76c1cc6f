package io.github.totpguard.keycloak.gate.store;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.dialect.SQLServerDialect;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.util.JpaUtils;
import org.keycloak.models.KeycloakSession;

/**
 * The SQL of {@code TOTP_GUARD_STATE}, on the connection and in the transaction of a session.
 *
 * <p>No entity: one row is read and written by its key, and flushing an entity for that took more than half of the time of
 * writing it (docs/benchmark.md). A user's id may also be {@code f:component:name}, of one who lives in another store;
 * hence no foreign key. Failures come as {@link jakarta.persistence.PersistenceException}s.
 */
final class StateTable {
    private static final String NAME = "TOTP_GUARD_STATE";

    private final Session session;
    private final String name;
    private final boolean locksByHint;

    private StateTable(EntityManager em) {
        SessionFactoryImplementor factory = em.getEntityManagerFactory().unwrap(SessionFactoryImplementor.class);
        this.session = em.unwrap(Session.class);
        // With the schema that Keycloak may be told to use.
        this.name = JpaUtils.getTableNameForNativeQuery(NAME, em);
        this.locksByHint = factory.getJdbcServices().getDialect() instanceof SQLServerDialect;
    }

    static StateTable of(KeycloakSession session) {
        return new StateTable(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** The user's text as it is now, without waiting for anybody. */
    Optional<String> read(String userId) {
        return select("select STATE from " + name + " where USER_ID = ?", userId);
    }

    /** The user's text, as soon as nobody else has the row; it is locked until the transaction ends. */
    Optional<String> lock(String userId) {
        // A database that knew neither would refuse the statement, and nothing would be verified.
        return locksByHint
                ? select("select STATE from " + name + " with (updlock, rowlock) where USER_ID = ?", userId)
                : select("select STATE from " + name + " where USER_ID = ? for update", userId);
    }

    /** Makes the row, at once: from here on the unique key holds off everyone else until the transaction ends. */
    void insert(String userId, String realmId, String state) {
        execute("insert into " + name + " (USER_ID, REALM_ID, STATE) values (?, ?, ?)", userId, realmId, state);
    }

    void update(String userId, String state) {
        execute("update " + name + " set STATE = ? where USER_ID = ?", state, userId);
    }

    void removeUser(String userId) {
        execute("delete from " + name + " where USER_ID = ?", userId);
    }

    void removeRealm(String realmId) {
        execute("delete from " + name + " where REALM_ID = ?", realmId);
    }

    private Optional<String> select(String sql, String userId) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, userId);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
                }
            }
        });
    }

    private void execute(String sql, String... parameters) {
        session.doWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                statement.executeUpdate();
            }
        });
    }
}
