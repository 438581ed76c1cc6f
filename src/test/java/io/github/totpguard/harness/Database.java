package io.github.totpguard.harness;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What is really in Keycloak's tables. */
public final class Database {

    /** How to get in. */
    public interface Door {
        Connection open() throws SQLException;
    }

    private final Door door;

    public Database(Door door) {
        this.door = door;
    }

    /**
     * Where the runtime keeps its database to itself, the test is skipped from the first query on. Not sooner: JUnit
     * takes a failed assumption for an error while it resolves parameters, and what comes before is worth a run.
     */
    public static Database of(KeycloakRuntime keycloak) {
        return new Database(() -> {
            Assumptions.assumeTrue(keycloak.database().isPresent(), "this runtime gives no access to its database");
            return keycloak.database().orElseThrow().getConnection();
        });
    }

    /** Rows as column name (lower case) to value. */
    public List<Map<String, Object>> rows(String sql, Object... parameters) {
        try (Connection connection = door.open();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the only row. */
    public String text(String sql, Object... parameters) {
        List<Map<String, Object>> rows = rows(sql, parameters);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows instead of one for " + sql);
        }
        return String.valueOf(rows.get(0).values().iterator().next());
    }

    public int update(String sql, Object... parameters) {
        try (Connection connection = door.open();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            String name = result.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT);
            Object value = result.getObject(i);
            row.put(name, value instanceof Clob ? result.getString(i) : value);
        }
        return row;
    }
}
