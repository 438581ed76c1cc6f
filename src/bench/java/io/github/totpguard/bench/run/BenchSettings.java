package io.github.totpguard.bench.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings from the command line. docs/develop/benchmark.md explains the properties.
 *
 * @param variants the names of the variants, the twins first
 */
record BenchSettings(
        Scenario scenario,
        List<String> variants,
        int nodes,
        int clients,
        int users,
        boolean defaultPasswordHash,
        Duration warmUp,
        int rounds,
        Duration block,
        long seed) {

    static final String TWIN_A = "builtin-a";
    static final String TWIN_B = "builtin-b";
    static final String GUARD = "guard";
    static final String DURABLE = "guard-durable";

    private static final int USERS = 1500;
    /** Fewer users, because the hash takes so long that fewer logins fit into a time step. */
    private static final int USERS_WITH_DEFAULT_HASH = 300;

    static BenchSettings ofSystemProperties() {
        Scenario scenario = Scenario.of(System.getProperty("bench.scenario"));
        boolean defaultHash = System.getProperty("bench.password").equals("default");
        int users = Integer.getInteger("bench.users");
        return new BenchSettings(
                scenario,
                // The other scenarios accept no code, or do not measure its acceptance.
                scenario == Scenario.LOGIN ? List.of(TWIN_A, TWIN_B, GUARD, DURABLE) : List.of(TWIN_A, TWIN_B, GUARD),
                Integer.getInteger("bench.nodes"),
                Integer.getInteger("bench.clients"),
                users > 0 ? users : defaultHash ? USERS_WITH_DEFAULT_HASH : USERS,
                defaultHash,
                Duration.ofSeconds(Integer.getInteger("bench.warmup.seconds")),
                Integer.getInteger("bench.rounds"),
                Duration.ofMillis(Integer.getInteger("bench.block.millis")),
                System.nanoTime());
    }

    static boolean isGuarded(String variant) {
        return variant.startsWith(GUARD);
    }

    Map<String, String> described() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Keycloak", System.getProperty("keycloak.version"));
        all.put("scenario", System.getProperty("bench.scenario"));
        all.put("nodes", String.valueOf(nodes));
        all.put("clients", String.valueOf(clients));
        all.put("users per realm", String.valueOf(users));
        all.put("password hash", defaultPasswordHash ? "Keycloak's default" : "one round of PBKDF2");
        all.put("warm-up", warmUp.toSeconds() + " s");
        all.put("rounds", String.valueOf(rounds));
        all.put("blocks of", block.toMillis() + " ms");
        all.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        all.put("system", System.getProperty("os.name"));
        all.put("JDK", System.getProperty("java.version"));
        return all;
    }
}
