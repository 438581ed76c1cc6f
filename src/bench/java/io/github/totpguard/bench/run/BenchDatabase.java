package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Postgres;
import java.nio.file.Path;
import java.util.Map;

/** PostgreSQL with durable writes as in production, unlike in tests. */
final class BenchDatabase {

    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "max_connections", "300",
            "shared_buffers", "256MB",
            "max_wal_size", "4GB");

    private BenchDatabase() {}

    static Postgres start(Path directory) {
        return Postgres.start(directory.resolve("postgres"), SETTINGS);
    }

    static Path data(Path directory) {
        return directory.resolve("postgres").resolve("data");
    }
}
