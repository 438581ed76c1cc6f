package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.StateCodec.UnreadableStateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The user's row as somebody saw it who does not hold its lock. It is replaced only if it still is what was seen, so of all
 * who saw the same, on all nodes, one replaces it and the others learn that they were late.
 *
 * <p>Plain SQL, because JPA writes only within a transaction: a transaction's end would be a third trip to the database.
 */
final class UnlockedRow {
    private final String table;
    private final String userId;
    private final long version;
    private final SecondFactorState state;

    private UnlockedRow(String table, String userId, long version, SecondFactorState state) {
        this.table = table;
        this.userId = userId;
        this.version = version;
        this.state = state;
    }

    /** Empty if the user has no row yet. */
    static Optional<UnlockedRow> read(Connection connection, String table, String userId)
            throws SQLException, UnreadableStateException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT STATE, VERSION FROM " + table + " WHERE USER_ID = ?")) {
            select.setString(1, userId);
            try (ResultSet found = select.executeQuery()) {
                return found.next()
                        ? Optional.of(
                                new UnlockedRow(table, userId, found.getLong(2), StateCodec.read(found.getString(1))))
                        : Optional.empty();
            }
        }
    }

    SecondFactorState state() {
        return state;
    }

    /** Whether the row was still the one that was seen, and now says this; committed. */
    boolean replace(Connection connection, SecondFactorState changed) throws SQLException {
        if (changed.equals(state)) {
            // What was seen was true when it was seen, and there is nothing to be late for.
            return true;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + table + " SET STATE = ?, VERSION = ? WHERE USER_ID = ? AND VERSION = ?")) {
            update.setString(1, StateCodec.write(changed));
            update.setLong(2, version + 1);
            update.setString(3, userId);
            update.setLong(4, version);
            return update.executeUpdate() == 1;
        }
    }
}
