package io.github.totpguard.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What both sides and the database have used up to now. */
final class Meters {

    /** Sums since the start; what lies between two readings is their difference. */
    record Reading(Map<String, Use> sides, double postgresCpuSeconds) {}

    record Use(double cpuSeconds, long statements, long commits) {}

    private static final String STATEMENTS = "SELECT coalesce(sum(s.calls), 0)::bigint FROM pg_stat_statements s "
            + "JOIN pg_database d ON d.oid = s.dbid WHERE d.datname = ? "
            + "AND s.query !~* '^ *(begin|start transaction|commit|rollback|set|show|discard)'";

    // Not from pg_stat_statements, which misses those that are prepared, as the driver's are.
    private static final String COMMITS = "SELECT xact_commit FROM pg_stat_database WHERE datname = ?";

    private final Postgres postgres;
    private final List<BenchSide> sides;
    private final Database database;

    Meters(Postgres postgres, List<BenchSide> sides) {
        this.postgres = postgres;
        this.sides = sides;
        this.database = new Database(postgres.dataSource()::getConnection);
        database.update("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    }

    Reading read() {
        Map<String, Use> uses = new HashMap<>();
        for (BenchSide side : sides) {
            uses.put(
                    side.name(),
                    new Use(
                            CpuTime.of(side.processIds()),
                            Long.parseLong(database.text(STATEMENTS, side.database())),
                            Long.parseLong(database.text(COMMITS, side.database()))));
        }
        return new Reading(uses, CpuTime.ofFamily(postgres.processId()));
    }
}
