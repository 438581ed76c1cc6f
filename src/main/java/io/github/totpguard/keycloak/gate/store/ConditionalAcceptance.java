package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.NearMatch;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.H2Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Accepts a code by one UPDATE whose predicate is the decision, where nothing is held against the user: no lock is taken before
 * it, and one row changed means accepted and committed. Whatever it does not accept is decided under the row lock.
 */
public final class ConditionalAcceptance {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final String userId;
    private final EntityManager em;

    private ConditionalAcceptance(KeycloakSession session, RealmModel realm, String userId) {
        this.session = session;
        this.realm = realm;
        this.userId = userId;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Empty on databases on which it was not tried. */
    public static Optional<ConditionalAcceptance> of(KeycloakSession session, RealmModel realm, String userId) {
        ConditionalAcceptance acceptance = new ConditionalAcceptance(session, realm, userId);
        Dialect dialect = StateTable.dialect(acceptance.em);
        boolean tried =
                dialect instanceof PostgreSQLDialect || dialect instanceof H2Dialect || dialect instanceof MySQLDialect;
        return tried ? Optional.of(acceptance) : Optional.empty();
    }

    /**
     * Whether the code was accepted. Without a match the database is asked as well, for a row that there is not: during a lock
     * the time of the answer must not tell a right code from a wrong one.
     *
     * @param now the server's time
     * @throws VerificationUnavailableException if the database did not answer; the code may be used up then
     */
    public boolean accepts(Optional<NearMatch> match, Instant now) {
        try {
            boolean mayForget =
                    GuardJpaEntityProviderFactory.crashMemory(session).mayForget(session, realm);
            AcceptanceStatement statement = new AcceptanceStatement(StateTable.name(em), mayForget);
            return AutocommitConnection.run(
                    session.getKeycloakSessionFactory(),
                    connection -> statement.accepts(connection, userId, match, now));
        } catch (SQLException e) {
            if (UserStateStore.isRolledBackByDatabase(e)) {
                return false;
            }
            throw UserStateStore.unavailable(e);
        }
    }
}
