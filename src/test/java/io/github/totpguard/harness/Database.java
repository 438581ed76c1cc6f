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

/** Reads Keycloak's tables directly. */
public final class Database {

    /** Opens a connection to the database. */
    public interface ConnectionSource {
        Connection open() throws SQLException;
    }

    private final ConnectionSource connections;

    public Database(ConnectionSource connections) {
        this.connections = connections;
    }

    /**
     * If the runtime gives no access to its database, the test is skipped at its first query. It is not skipped
     * earlier, because JUnit reports a failed assumption as an error while it resolves parameters, and because the part
     * of the test before the query is worth running.
     */
    public static Database of(KeycloakRuntime keycloak) {
        return new Database(() -> {
            Assumptions.assumeTrue(keycloak.database().isPresent(), "this runtime gives no access to its database");
            return keycloak.database().orElseThrow().getConnection();
        });
    }

    /** The rows of a query: values by column name in lower case. */
    public List<Map<String, Object>> rows(String sql, Object... parameters) {
        try (Connection connection = connections.open();
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

    /** The first column of the only row of a query. */
    public String text(String sql, Object... parameters) {
        List<Map<String, Object>> rows = rows(sql, parameters);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows instead of one for " + sql);
        }
        return String.valueOf(rows.get(0).values().iterator().next());
    }

    public int update(String sql, Object... parameters) {
        try (Connection connection = connections.open();
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
