package io.github.totpguard.keycloak.gate.store;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.NearMatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The UPDATE that accepts a code. For users without failures, locks and far codes whose last used device is the code's
 * device, its predicate is the same function as {@link io.github.totpguard.core.state.SecondFactorDecision}.
 */
final class AcceptanceStatement {
    /** A device id that no row contains. */
    private static final String NO_DEVICE = "-";

    private static final DeviceState NO_USE = new DeviceState(0, Instant.EPOCH, 0);

    private static final String ACCEPTANCE = " set STATE = concat(?, substr(STATE, ?)), LAST_STEP = ?, LAST_DRIFT = ?,"
            + " LAST_USED = ? where USER_ID = ? and STATE like '" + OpenText.PATTERN + "' and LAST_DEVICE = ?"
            + " and LAST_STEP < ? and LAST_DRIFT between ? and ? and LAST_USED <= ?";

    /**
     * PostgreSQL's commit setting for this statement only. The commit waits for the disk if the window moves forward,
     * because LostAcceptances relies on that. It also waits if there is a synchronous replica, because with the setting
     * {@code off} it would not wait for the replica either.
     */
    private static final String WITHOUT_WAITING_FOR_DISK = " and WHOLE_AT >= " + CrashMemory.LAST_CRASH
            + " and set_config('synchronous_commit',"
            + " case when LAST_DRIFT >= ? and current_setting('synchronous_standby_names') = '' then 'off'"
            + " else current_setting('synchronous_commit') end, true) is not null";

    private final String sql;
    private final boolean mayBeLost;

    /**
     * @param mayBeLost whether a crash of the database may lose the acceptance, so that the commit need not wait for
     *     the disk
     */
    AcceptanceStatement(String table, boolean mayBeLost) {
        this.sql = "update " + table + ACCEPTANCE + (mayBeLost ? WITHOUT_WAITING_FOR_DISK : "");
        this.mayBeLost = mayBeLost;
    }

    /**
     * Whether the code was accepted and committed.
     *
     * @param connection in autocommit mode, so that the statement commits by itself
     */
    boolean accepts(Connection connection, String userId, Optional<NearMatch> match, Instant now) throws SQLException {
        String device = match.map(NearMatch::deviceId).orElse(NO_DEVICE);
        DeviceState used = match.map(NearMatch::used).orElse(NO_USE);
        String head = OpenText.head(device, used);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, head);
            statement.setInt(2, head.length() + 1);
            statement.setLong(3, used.lastAcceptedStep());
            statement.setInt(4, used.drift());
            statement.setLong(5, used.lastUsed().getEpochSecond());
            statement.setString(6, userId);
            statement.setString(7, device);
            statement.setLong(8, used.lastAcceptedStep());
            statement.setInt(9, match.map(NearMatch::lowestDrift).orElse(0));
            statement.setInt(10, match.map(NearMatch::highestDrift).orElse(0));
            statement.setLong(11, now.plus(UserStateStore.CLOCK_TOLERANCE).getEpochSecond());
            if (mayBeLost) {
                statement.setInt(12, used.drift());
            }
            return statement.executeUpdate() == 1;
        }
    }
}
