package io.github.totpguard.keycloak.gate.store;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.dialect.PostgreSQLDialect;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Whether the database may forget an accepted one-time code when it crashes. PostgreSQL may, in return for not waiting for its
 * disk, for it tells when it last started without having shut down. All other databases wait, and so do the realms that the
 * option {@code durable-acceptance} names.
 */
final class CrashMemory {
    /** The option in camel case, as Keycloak wants it. */
    static final String OPTION = "durableAcceptance";

    /**
     * In SQL, when PostgreSQL last lost its statistics. It keeps them over a clean restart, and drops them when it has to recover
     * from its write-ahead log (PostgreSQL manual, "The Cumulative Statistics System").
     */
    static final String LAST_CRASH = "pg_stat_get_bgwriter_stat_reset_time()";

    /** Nothing is known of how Aurora restarts, and Keycloak itself distrusts such commits there. */
    private static final String TELLS_CRASHES = "select " + LAST_CRASH
            + " is not null and not exists (select 1 from pg_proc where proname = 'aurora_version')";

    private static final Logger LOG = Logger.getLogger(CrashMemory.class);

    private final boolean always;
    private final Set<String> realms;
    private volatile Boolean tellsCrashes;

    /** @param config with {@code true}, {@code false}, or names of realms separated by commas */
    CrashMemory(Config.Scope config) {
        String option = config.get(OPTION, "false").strip();
        this.always = option.equals("true");
        this.realms = always || option.equals("false")
                ? Set.of()
                : Arrays.stream(option.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether an acceptance in this realm may be forgotten.
     *
     * @throws SQLException if the database has to be asked first, and cannot be
     */
    boolean mayForget(KeycloakSession session, RealmModel realm) throws SQLException {
        return !always && !realms.contains(realm.getName()) && tellsCrashes(session);
    }

    private boolean tellsCrashes(KeycloakSession session) throws SQLException {
        if (tellsCrashes == null) {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            tellsCrashes = StateTable.dialect(em) instanceof PostgreSQLDialect
                    && AutocommitConnection.run(session.getKeycloakSessionFactory(), CrashMemory::ask);
            LOG.debugf("Accepted one-time codes wait for the disk: %s", !tellsCrashes);
        }
        return tellsCrashes;
    }

    private static boolean ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(TELLS_CRASHES)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
