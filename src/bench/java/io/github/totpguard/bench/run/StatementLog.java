package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The log of all statements that PostgreSQL gets. Use it only without load, because it slows the database down. */
final class StatementLog {

    /** A statement without its values. */
    record Statement(String time, String connection, String sql) {

        boolean isCommit() {
            return sql.matches("(?i)commit\\b.*");
        }

        /** Not the begin or end of a transaction, and not the empty statement that a pool uses to test a connection. */
        boolean isQuery() {
            return !sql.isBlank() && !sql.matches("(?i)(begin|start transaction|commit|rollback|set|show)\\b.*");
        }
    }

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration QUIET_LIMIT = Duration.ofMinutes(2);
    private static final Pattern LINE =
            Pattern.compile("^\\S+ (\\S+) \\S+ pid=(\\d+) db=\\S+ LOG: +(?:execute [^:]+|statement): (.*)$");

    private final Path log;

    private StatementLog(Path log) {
        this.log = log;
    }

    static StatementLog switchOn(Postgres postgres) {
        Database database = new Database(postgres.dataSource()::getConnection);
        database.update("ALTER SYSTEM SET log_line_prefix = '%m pid=%p db=%d '");
        // Values are not logged, because they may be secrets.
        database.update("ALTER SYSTEM SET log_parameter_max_length = 0");
        database.update("ALTER SYSTEM SET log_statement = 'all'");
        database.text("SELECT pg_reload_conf()");
        Await.until("the new settings", QUIET_LIMIT, () -> "all"
                .equals(database.text("SELECT current_setting('log_statement')")));
        StatementLog statements = new StatementLog(postgres.log());
        statements.awaitQuiet();
        return statements;
    }

    /** All statements that an action causes, immediately or soon after. */
    List<Statement> during(Runnable something) {
        long before = size();
        something.run();
        awaitQuiet();
        return since(before)
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Statement(line.group(1), line.group(2), line.group(3)))
                .toList();
    }

    void awaitQuiet() {
        long[] seen = {size(), System.nanoTime()};
        Await.until("quiet in the database", QUIET_LIMIT, () -> {
            long size = size();
            if (size != seen[0]) {
                seen[0] = size;
                seen[1] = System.nanoTime();
            }
            return System.nanoTime() - seen[1] > QUIET.toNanos();
        });
    }

    private long size() {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String since(long position) {
        try (var channel = Files.newInputStream(log)) {
            channel.skipNBytes(position);
            return new String(channel.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
