package io.github.totpguard.keycloak.gate.store;

import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.Session;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.util.JpaUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.StorageId;

/**
 * Keycloak's credential tables, read without its caches. Failures are thrown as {@link
 * jakarta.persistence.PersistenceException}.
 */
final class CredentialTable {
    private static final String LOCAL = "CREDENTIAL";

    /** The table for users of another user store. */
    private static final String FEDERATED = "FED_USER_CREDENTIAL";

    private final EntityManager em;

    private CredentialTable(EntityManager em) {
        this.em = em;
    }

    static CredentialTable of(KeycloakSession session) {
        return new CredentialTable(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    Set<String> ids(String userId, String type) {
        String table = JpaUtils.getTableNameForNativeQuery(StorageId.isLocalStorage(userId) ? LOCAL : FEDERATED, em);
        // Flush first, so that the query sees what this request has written.
        em.flush();
        return em.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("select ID from " + table + " where USER_ID = ? and TYPE = ?")) {
                statement.setString(1, userId);
                statement.setString(2, type);
                Set<String> ids = new HashSet<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        ids.add(rows.getString(1));
                    }
                }
                return ids;
            }
        });
    }
}
