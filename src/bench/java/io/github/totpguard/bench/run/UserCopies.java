package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes as many users as wanted out of a realm's first one, by SQL: row by row the same but for ids and names. By REST a million
 * users would take a day.
 *
 * <p>Ids of copies follow from the original's and the number, so that rows which name each other still do.
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

    /** Users and credentials. They are numbered; the first one is number 0. */
    void add(int first, int end) {
        copy("user_entity", "id", Optional.empty(), first, end);
        TABLES_BY_USER.forEach(table -> copy(table, "user_id", Optional.empty(), first, end));
    }

    /**
     * The states that TOTP Guard has of them, as if each had logged in. They are copies of another user's, who has: at a login
     * the secret is sealed for that user, and copies of a sealed secret could not be opened.
     *
     * @param loggedIn the number of that user, one of the copies
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
