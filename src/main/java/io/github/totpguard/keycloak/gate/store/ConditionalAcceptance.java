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
 * Accepts a code of a user without failures, locks and far codes by one UPDATE whose predicate is the decision. No lock
 * is taken before it. If one row changed, the code is accepted and the acceptance is committed. Every code that this
 * does not accept is decided under the row lock.
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

    /** Empty for databases on which this was not tested. */
    public static Optional<ConditionalAcceptance> of(KeycloakSession session, RealmModel realm, String userId) {
        ConditionalAcceptance acceptance = new ConditionalAcceptance(session, realm, userId);
        Dialect dialect = StateTable.dialect(acceptance.em);
        boolean supported =
                dialect instanceof PostgreSQLDialect || dialect instanceof H2Dialect || dialect instanceof MySQLDialect;
        return supported ? Optional.of(acceptance) : Optional.empty();
    }

    /**
     * Whether the code was accepted. If there is no match, the statement is still sent, for a row that does not exist.
     * Otherwise the response time during a lock would reveal whether the code is right.
     *
     * @param now the server's time
     * @throws VerificationUnavailableException if the database did not answer; the code may then be spent
     */
    public boolean accepts(Optional<NearMatch> match, Instant now) {
        try {
            boolean mayBeLost =
                    GuardJpaEntityProviderFactory.crashMemory(session).mayBeLost(session, realm);
            AcceptanceStatement statement = new AcceptanceStatement(StateTable.name(em), mayBeLost);
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
