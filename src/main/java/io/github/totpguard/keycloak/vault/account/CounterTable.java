package io.github.totpguard.keycloak.vault.account;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.OptionalLong;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.util.JpaUtils;
import org.keycloak.models.KeycloakSession;

/**
 * The SQL of {@code TOTP_GUARD_COUNTER}: the next counter of each vault account of which a code was read. A failure is
 * a {@link jakarta.persistence.PersistenceException}.
 *
 * <p>The counters are not in the user's row of {@code TOTP_GUARD_STATE}. When Keycloak removes a credential, it locks
 * the credential's row, not the user's. If the counter were in the user's row, the transaction that removes an account
 * with its counter would take the two locks in the reverse order of all other transactions, which allows a deadlock.
 */
final class CounterTable {
    private static final String NAME = "TOTP_GUARD_COUNTER";

    private final Session session;
    private final String name;

    private CounterTable(EntityManager em) {
        this.session = em.unwrap(Session.class);
        this.name = JpaUtils.getTableNameForNativeQuery(NAME, em);
    }

    static CounterTable of(KeycloakSession session) {
        return of(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    static CounterTable of(EntityManager em) {
        return new CounterTable(em);
    }

    OptionalLong next(String credentialId) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select NEXT_COUNTER from " + name + " where CREDENTIAL_ID = ?")) {
                statement.setString(1, credentialId);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
                }
            }
        });
    }

    /** The account's row must be locked. Otherwise two first reads could both insert this row. */
    void store(String realmId, String ownerId, String credentialId, long next) {
        if (execute("update " + name + " set NEXT_COUNTER = ? where CREDENTIAL_ID = ?", next, credentialId) == 0) {
            execute(
                    "insert into " + name + " (CREDENTIAL_ID, REALM_ID, OWNER_ID, NEXT_COUNTER) values (?, ?, ?, ?)",
                    credentialId,
                    realmId,
                    ownerId,
                    next);
        }
    }

    void remove(String credentialId) {
        execute("delete from " + name + " where CREDENTIAL_ID = ?", credentialId);
    }

    void removeUser(String userId) {
        execute("delete from " + name + " where OWNER_ID = ?", userId);
    }

    void removeRealm(String realmId) {
        execute("delete from " + name + " where REALM_ID = ?", realmId);
    }

    private int execute(String sql, Object... parameters) {
        return session.doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }
}
