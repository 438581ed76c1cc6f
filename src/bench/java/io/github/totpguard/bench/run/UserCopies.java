package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Copies a realm's first user as many times as needed, with SQL. The rows are the same except for ids and names. With
 * the REST API, a million users would take a day.
 *
 * <p>The ids of a copy are derived from the original's id and the number, so that references between rows stay intact.
 */
final class UserCopies {

    private static final List<String> TABLES_BY_USER =
            List.of("credential", "user_required_action", "user_role_mapping", "user_group_membership");

    private final Database database;
    private final String userId;
    private final List<String> credentialIds;

    private UserCopies(Database database, String userId, List<String> credentialIds) {
        this.database = database;
        this.userId = userId;
        this.credentialIds = credentialIds;
    }

    static UserCopies in(TestRealm realm, Database database) {
        String userId = database.text(
                "SELECT u.id FROM user_entity u JOIN realm r ON r.id = u.realm_id WHERE r.name = ? AND u.username = ?",
                realm.name(),
                BenchUser.name(0));
        List<String> credentialIds = database.rows("SELECT id FROM credential WHERE user_id = ?", userId).stream()
                .map(row -> row.get("id").toString())
                .toList();
        return new UserCopies(database, userId, credentialIds);
    }

    /** Copies users and credentials. The users are numbered, and the original is number 0. */
    void add(int first, int end) {
        copy("user_entity", "id", Optional.empty(), first, end);
        TABLES_BY_USER.forEach(table -> copy(table, "user_id", Optional.empty(), first, end));
    }

    /**
     * Copies the states that TOTP Guard stores for the users, as if each had logged in. They are copies of the state of
     * one copied user who has logged in, not of the original: at a login, the secret is sealed for its user, and copies
     * of a sealed secret could not be opened.
     *
     * @param loggedIn the number of the user who has logged in, one of the copies
     */
    void addStates(int loggedIn, int first, int end) {
        copy("totp_guard_state", "user_id", Optional.of(loggedIn), first, end);
    }

    private void copy(String table, String userColumn, Optional<Integer> copied, int first, int end) {
        List<Map<String, Object>> columns = database.rows(
                "SELECT column_name, data_type FROM information_schema.columns "
                        + "WHERE table_schema = 'public' AND table_name = ? ORDER BY ordinal_position",
                table);
        String names = columns.stream().map(UserCopies::name).collect(Collectors.joining(", "));
        String values = columns.stream().map(column -> value(column, copied)).collect(Collectors.joining(", "));
        database.update(
                "INSERT INTO " + table + " (" + names + ") SELECT " + values + " FROM " + table
                        + " t, generate_series(?, ?) n WHERE t." + userColumn + " = " + original(userId, copied),
                first,
                end - 1);
    }

    private static String name(Map<String, Object> column) {
        return column.get("column_name").toString();
    }

    private String value(Map<String, Object> column, Optional<Integer> copied) {
        String value = "t." + name(column);
        if (!column.get("data_type").toString().matches("text|character varying")) {
            return value;
        }
        value = "replace(" + value + ", '" + BenchUser.name(copied.orElse(0)) + "', 'user' || n)";
        value = replaceId(value, userId, copied);
        for (String id : credentialIds) {
            value = replaceId(value, id, copied);
        }
        return value;
    }

    private static String replaceId(String value, String id, Optional<Integer> copied) {
        return "replace(" + value + ", " + original(id, copied) + ", " + copy(id, "n") + ")";
    }

    private static String original(String id, Optional<Integer> copied) {
        return copied.map(number -> copy(id, number.toString())).orElse("'" + id + "'");
    }

    private static String copy(String id, String number) {
        return "md5('" + id + "' || " + number + ")::uuid::text";
    }
}
