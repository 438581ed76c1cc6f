package io.github.totpguard.keycloak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.keycloak.gate.StateCodec.UnreadableStateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnlockedRowTest {
    private static final String TABLE = "GUARD.TOTP_GUARD_STATE";

    private Connection connection;

    @BeforeEach
    void makeTable() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        execute("CREATE SCHEMA GUARD");
        execute("CREATE TABLE " + TABLE
                + " (USER_ID VARCHAR(255) PRIMARY KEY, REALM_ID VARCHAR(255), STATE CLOB, VERSION BIGINT)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    @DisplayName("S1 three see the same row: the first replaces it, the others are late")
    void oneOfThose() throws SQLException, UnreadableStateException {
        insert("bob", 7, state(1));
        UnlockedRow first = read("bob").orElseThrow();
        UnlockedRow second = read("bob").orElseThrow();
        UnlockedRow third = read("bob").orElseThrow();
        assertThat(first.state()).isEqualTo(state(1));

        assertThat(first.replace(connection, state(2))).isTrue();
        assertThat(second.replace(connection, state(3))).isFalse();
        assertThat(read("bob").orElseThrow().state()).isEqualTo(state(2));

        assertThat(read("bob").orElseThrow().replace(connection, state(1))).isTrue();
        assertThat(third.replace(connection, state(4)))
                .as("the state is what it was, the row is not")
                .isFalse();
        assertThat(read("bob").orElseThrow().state()).isEqualTo(state(1));
    }

    @Test
    @DisplayName("S1 who sees the row before its lock is taken is late when the lock's holder has written")
    void lockedMeanwhile() throws SQLException, UnreadableStateException {
        StateEntity entity = new StateEntity("bob", "realm", StateCodec.write(state(1)));
        long seen = entity.version();
        insert("bob", seen, state(1));
        UnlockedRow row = read("bob").orElseThrow();
        entity.state(StateCodec.write(state(2)));
        assertThat(entity.version()).isNotEqualTo(seen);
        execute("UPDATE " + TABLE + " SET VERSION = " + entity.version());
        assertThat(row.replace(connection, state(3))).isFalse();
    }

    @Test
    @DisplayName("S1 a row that was removed, and one that took its place, are not the one that was seen")
    void removed() throws SQLException, UnreadableStateException {
        assertThat(read("bob")).isEmpty();
        insert("bob", new StateEntity("bob", "realm", "").version(), state(1));
        UnlockedRow seen = read("bob").orElseThrow();
        execute("DELETE FROM " + TABLE);
        assertThat(seen.replace(connection, state(2))).isFalse();
        insert("bob", new StateEntity("bob", "realm", "").version(), state(1));
        assertThat(seen.replace(connection, state(2))).isFalse();
    }

    @Test
    @DisplayName("a decision that changes nothing writes nothing, and nobody else's row is touched")
    void unchanged() throws SQLException, UnreadableStateException {
        insert("bob", 7, state(1));
        insert("carol", 7, state(1));
        UnlockedRow seen = read("bob").orElseThrow();
        assertThat(seen.replace(connection, state(1))).isTrue();
        assertThat(seen.replace(connection, state(2)))
                .as("still the same version")
                .isTrue();
        assertThat(read("carol").orElseThrow().state()).isEqualTo(state(1));
    }

    private Optional<UnlockedRow> read(String user) throws SQLException, UnreadableStateException {
        return UnlockedRow.read(connection, TABLE, user);
    }

    private static SecondFactorState state(int step) {
        return new SecondFactorState(
                Throttle.NONE, Map.of("a", new DeviceState(step, Instant.EPOCH, 0)), Map.of(), Optional.empty());
    }

    private void insert(String user, long version, SecondFactorState state) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, 'realm', ?, ?)")) {
            insert.setString(1, user);
            insert.setString(2, StateCodec.write(state));
            insert.setLong(3, version);
            insert.executeUpdate();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
