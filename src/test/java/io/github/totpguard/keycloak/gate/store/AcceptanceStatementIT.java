package io.github.totpguard.keycloak.gate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.state.Attempt;
import io.github.totpguard.core.state.AttemptRules;
import io.github.totpguard.core.state.Decision;
import io.github.totpguard.core.state.Device;
import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.Drift;
import io.github.totpguard.core.state.Lockout;
import io.github.totpguard.core.state.NearMatch;
import io.github.totpguard.core.state.SecondFactorDecision;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.SpentCodes;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.trust.TrustedBrowsers;
import io.github.totpguard.harness.DatabaseServer;
import io.github.totpguard.harness.H2File;
import io.github.totpguard.harness.MariaDb;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.keycloak.gate.store.StateCodec.UnreadableStateException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random states and codes, decided both by the database and by the core. */
@DisplayName("Acceptance by one UPDATE")
final class AcceptanceStatementIT {
    private static final int CASES = 1500;
    private static final int PERIOD = 30;
    private static final long START = 1_680_000_000;
    private static final String USER = "f:component:Anna";
    private static final Lockout LOCKOUT = new Lockout(3, Duration.ofMinutes(1), Duration.ofHours(1), 100);

    /** The order matters, because the first acceptance counts. */
    private static final List<Device> DEVICES = List.of(device("a-1"), device("b-2"));

    @Test
    @Tag("S2")
    @Tag("S8")
    @DisplayName("PostgreSQL: the UPDATE's predicate and the decision are the same function")
    void postgres() throws Exception {
        try (Postgres server = Postgres.start("acceptance-postgres")) {
            decidesTheSame(server, false);
            decidesTheSame(server, true);
            distinguishesUsers(server);
            requiresWholeRow(server);
        }
    }

    @Test
    @Tag("S2")
    @Tag("S8")
    @DisplayName("H2: the UPDATE's predicate and the decision are the same function")
    void h2() throws Exception {
        try (H2File server = H2File.in("acceptance-h2")) {
            decidesTheSame(server, false);
            distinguishesUsers(server);
        }
    }

    @Test
    @Tag("S2")
    @Tag("S8")
    @DisplayName("MariaDB: the UPDATE's predicate and the decision are the same function")
    void mariaDb() throws Exception {
        assumeTrue(Boolean.getBoolean("databases.mariadb"), "MariaDB is tried with -Pmariadb only");
        assumeTrue(MariaDb.isInstalled(), "no mariadbd on the PATH or in /usr/sbin");
        try (MariaDb server = MariaDb.start("acceptance-mariadb")) {
            decidesTheSame(server, false);
            distinguishesUsers(server);
        }
    }

    private static void decidesTheSame(DatabaseServer server, boolean mayBeLost) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        try (Connection connection = server.dataSource().getConnection()) {
            migrate(connection);
            AcceptanceStatement statement = new AcceptanceStatement("TOTP_GUARD_STATE", mayBeLost);
            for (int i = 0; i < CASES; i++) {
                Case one = Case.random(random);
                store(connection, one.state());
                boolean byDatabase = statement.accepts(
                        connection, USER, NearMatch.find(one.attempt(), one.policy(), one.now()), one.now());
                one.check(byDatabase, stored(connection), "seed " + seed + ", case " + i + ": " + one);
                accepted += byDatabase ? 1 : 0;
            }
        }
        assertThat(accepted).as("accepted of %d", CASES).isBetween(CASES / 40, CASES / 2);
    }

    /** Ids from other user stores may differ only in case, accents or blanks. */
    private static void distinguishesUsers(DatabaseServer server) throws Exception {
        List<String> users = List.of("f:c:anna", "f:c:Anna", "f:c:anna ", "f:c:\u00e1nna");
        Device device = DEVICES.get(0);
        SecondFactorState state = new SecondFactorState(
                Throttle.NONE,
                Map.of(device.id(), new DeviceState(START / PERIOD - 1, Instant.ofEpochSecond(START - PERIOD), 0)),
                Map.of(),
                Optional.empty());
        AttemptRules policy = new AttemptRules(1, new Drift(4, 20), LOCKOUT, Optional.empty());
        Instant now = Instant.ofEpochSecond(START);
        Attempt attempt = attempt(CodeGenerator.code(device.secret(), device.parameters(), START / PERIOD));
        try (Connection connection = server.dataSource().getConnection()) {
            for (String user : users) {
                store(connection, user, state);
            }
            AcceptanceStatement statement = new AcceptanceStatement("TOTP_GUARD_STATE", false);
            for (String user : users) {
                Optional<NearMatch> match = NearMatch.find(attempt, policy, now);
                assertThat(statement.accepts(connection, user, match, now))
                        .as(user)
                        .isTrue();
                assertThat(statement.accepts(connection, user, match, now))
                        .as(user)
                        .isFalse();
            }
        }
    }

    /** PostgreSQL seems to have crashed when its statistics are lost, and they can also be reset without a crash. */
    private static void requiresWholeRow(DatabaseServer server) throws Exception {
        Device device = DEVICES.get(0);
        SecondFactorState state = new SecondFactorState(
                Throttle.NONE,
                Map.of(device.id(), new DeviceState(START / PERIOD - 1, Instant.ofEpochSecond(START - PERIOD), 0)),
                Map.of(),
                Optional.empty());
        Instant now = Instant.ofEpochSecond(START);
        Attempt attempt = attempt(CodeGenerator.code(device.secret(), device.parameters(), START / PERIOD));
        Optional<NearMatch> match =
                NearMatch.find(attempt, new AttemptRules(1, new Drift(4, 20), LOCKOUT, Optional.empty()), now);
        try (Connection connection = server.dataSource().getConnection()) {
            store(connection, state);
            execute(connection, "select pg_stat_reset_shared('bgwriter')");
            AcceptanceStatement withoutWaiting = new AcceptanceStatement("TOTP_GUARD_STATE", true);
            assertThat(withoutWaiting.accepts(connection, USER, match, now)).isFalse();
            execute(connection, "update TOTP_GUARD_STATE set WHOLE_AT = clock_timestamp()");
            assertThat(withoutWaiting.accepts(connection, USER, match, now)).isTrue();
        }
    }

    private static void migrate(Connection connection) throws LiquibaseException {
        // Liquibase closes neither the connection nor its other arguments.
        new Liquibase(
                        "META-INF/totp-guard-changelog.xml",
                        new ClassLoaderResourceAccessor(),
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)))
                .update("");
    }

    private static void store(Connection connection, SecondFactorState state) throws SQLException {
        connection.setAutoCommit(true);
        execute(connection, "delete from TOTP_GUARD_STATE");
        store(connection, USER, state);
    }

    private static void store(Connection connection, String user, SecondFactorState state) throws SQLException {
        connection.setAutoCommit(true);
        Optional<OpenText> open = OpenText.of(state);
        execute(
                connection,
                "insert into TOTP_GUARD_STATE (USER_ID, REALM_ID, STATE, LAST_DEVICE, LAST_STEP, LAST_DRIFT, LAST_USED)"
                        + " values (?, 'realm', ?, ?, ?, ?, ?)",
                user,
                open.map(OpenText::text).orElseGet(() -> StateCodec.write(state)),
                open.map(OpenText::deviceId).orElse(null),
                open.map(last -> last.device().lastAcceptedStep()).orElse(null),
                open.map(last -> last.device().drift()).orElse(null),
                open.map(last -> last.device().lastUsed().getEpochSecond()).orElse(null));
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    private static Row stored(Connection connection) throws SQLException, UnreadableStateException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select STATE, LAST_DEVICE, LAST_STEP, LAST_DRIFT, LAST_USED from TOTP_GUARD_STATE");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            String text = rows.getString(1);
            return new Row(
                    text,
                    StateCodec.read(text),
                    rows.getString(2),
                    new DeviceState(rows.getLong(3), Instant.ofEpochSecond(rows.getLong(5)), rows.getInt(4)));
        }
    }

    private record Row(String text, SecondFactorState state, String lastDevice, DeviceState last) {}

    private static Device device(String id) {
        return new Device(
                id,
                OtpSecret.ofBytes(("the secret of " + id).getBytes(StandardCharsets.UTF_8)),
                new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, PERIOD),
                0);
    }

    private static Attempt attempt(String code) {
        return new Attempt(
                OneTimeCode.parse(code),
                DEVICES,
                DEVICES.stream().map(Device::id).collect(Collectors.toSet()));
    }

    private record Case(SecondFactorState state, Attempt attempt, AttemptRules policy, Instant now) {

        static Case random(Random random) {
            Instant now = Instant.ofEpochMilli((START + random.nextInt(PERIOD)) * 1000 + random.nextInt(1000));
            AttemptRules policy =
                    new AttemptRules(random.nextInt(3), new Drift(random.nextInt(5), 20), LOCKOUT, Optional.empty());
            Map<String, DeviceState> known = new HashMap<>();
            for (Device device : DEVICES) {
                if (random.nextInt(4) > 0) {
                    known.put(
                            device.id(),
                            new DeviceState(
                                    START / PERIOD + random.nextInt(13) - 11,
                                    now.minusSeconds(random.nextInt(300) - (random.nextInt(10) == 0 ? 300 : 0))
                                            .truncatedTo(ChronoUnit.SECONDS),
                                    random.nextInt(13) - 6));
                }
            }
            boolean failed = random.nextInt(10) == 0;
            SecondFactorState state = new SecondFactorState(
                    failed ? new Throttle(1, 1, 0, Optional.empty()) : Throttle.NONE,
                    known,
                    random.nextInt(10) == 0 ? Map.of("a-1", START / PERIOD + 6) : Map.of(),
                    random.nextBoolean() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(START - 900)),
                    TrustedBrowsers.NONE,
                    random.nextBoolean()
                            ? Map.of()
                            : Map.of("codes", new SpentCodes(Set.of(3, 5), Instant.ofEpochSecond(START - 1000))),
                    Map.of());
            Device device = DEVICES.get(random.nextInt(DEVICES.size()));
            String code =
                    CodeGenerator.code(device.secret(), device.parameters(), START / PERIOD + random.nextInt(11) - 5);
            return new Case(state, AcceptanceStatementIT.attempt(code), policy, now);
        }

        void check(boolean byDatabase, Row row, String what) {
            Decision decision = SecondFactorDecision.decide(state, attempt, policy, now);
            boolean sane = state.lastUsed()
                    .filter(used -> used.isAfter(now.plus(UserStateStore.CLOCK_TOLERANCE)))
                    .isEmpty();
            boolean ofLastDevice = OpenText.of(state)
                    .map(OpenText::deviceId)
                    .equals(decision.verdict().deviceId());
            assertThat(byDatabase).as(what).isEqualTo(decision.verdict().accepted() && sane && ofLastDevice);
            if (byDatabase) {
                String device = decision.verdict().deviceId().orElseThrow();
                DeviceState used = decision.state().device(device).orElseThrow();
                DeviceState inSeconds = new DeviceState(
                        used.lastAcceptedStep(), used.lastUsed().truncatedTo(ChronoUnit.SECONDS), used.drift());
                assertThat(row.lastDevice()).as(what).isEqualTo(device);
                assertThat(row.last()).as(what).isEqualTo(inSeconds);
                assertThat(row.text()).as(what).startsWith(OpenText.head(device, inSeconds));
                assertThat(row.state().device(device)).as(what).contains(inSeconds);
                assertThat(row.state().without(device))
                        .as(what)
                        .isEqualTo(decision.state().without(device));
            } else {
                assertThat(row.state()).as(what).isEqualTo(state);
            }
        }
    }
}
