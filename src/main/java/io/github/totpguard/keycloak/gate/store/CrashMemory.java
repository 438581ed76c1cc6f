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
 * Whether a crash of the database may lose the acceptance of a one-time code. On PostgreSQL it may, because PostgreSQL
 * reports when it last started without a clean shutdown. In return, acceptances need not wait for the disk. On all
 * other databases, and in the realms that the option {@code durable-acceptance} lists, acceptances wait for the disk.
 */
final class CrashMemory {
    /** The option's name in camel case, as Keycloak requires. */
    static final String OPTION = "durableAcceptance";

    /**
     * SQL for the time when PostgreSQL last lost its statistics. PostgreSQL keeps its statistics over a clean restart,
     * and drops them when it must recover from its write-ahead log (PostgreSQL manual, "The Cumulative Statistics
     * System").
     */
    static final String LAST_CRASH = "pg_stat_get_bgwriter_stat_reset_time()";

    /**
     * Aurora is excluded, because its restart behaviour is unknown, and Keycloak itself does not rely on such commits
     * there.
     */
    private static final String REPORTS_CRASHES = "select " + LAST_CRASH
            + " is not null and not exists (select 1 from pg_proc where proname = 'aurora_version')";

    private static final Logger LOG = Logger.getLogger(CrashMemory.class);

    private final boolean always;
    private final Set<String> realms;
    private volatile Boolean reportsCrashes;

    /** @param config with {@code true}, {@code false}, or names of realms separated by commas */
    CrashMemory(Config.Scope config) {
        String option = config.get(OPTION, "false").strip();
        this.always = option.equals("true");
        this.realms = always || option.equals("false")
                ? Set.of()
                : Arrays.stream(option.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether an acceptance in this realm may be lost.
     *
     * @throws SQLException if the database must be queried first and the query fails
     */
    boolean mayBeLost(KeycloakSession session, RealmModel realm) throws SQLException {
        return !always && !realms.contains(realm.getName()) && reportsCrashes(session);
    }

    private boolean reportsCrashes(KeycloakSession session) throws SQLException {
        if (reportsCrashes == null) {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            reportsCrashes = StateTable.dialect(em) instanceof PostgreSQLDialect
                    && AutocommitConnection.run(session.getKeycloakSessionFactory(), CrashMemory::ask);
            LOG.debugf("Accepted one-time codes wait for the disk: %s", !reportsCrashes);
        }
        return reportsCrashes;
    }

    private static boolean ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(REPORTS_CRASHES)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
