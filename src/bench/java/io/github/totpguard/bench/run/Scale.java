package io.github.totpguard.bench.run;

import io.github.totpguard.bench.Block;
import io.github.totpguard.bench.GrowthPoint;
import io.github.totpguard.bench.GrowthReport;
import io.github.totpguard.bench.GrowthResult;
import io.github.totpguard.bench.Plot;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code mvn -Pscale}: measures the code step with a growing number of users and of devices, and the duration and
 * memory of server starts.
 */
final class Scale {

    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration NEXT_STEP = Duration.ofSeconds(2L * BenchPhone.PERIOD);
    private static final int CLIENTS = 4;
    /** Limited, because one statement for a million users would run for minutes without showing progress. */
    private static final int ROWS_AT_ONCE = 100_000;
    /** The user whose state is copied. */
    private static final int LOGGED_IN = 1;

    private final Path directory;
    private final List<Integer> rows = Arrays.stream(
                    System.getProperty("scale.rows").split(","))
            .map(Integer::valueOf)
            .sorted()
            .toList();
    private final int devices = Integer.getInteger("scale.devices");
    private final int visitors = Integer.getInteger("scale.users");
    private final int rounds = Integer.getInteger("scale.rounds");
    private final Duration warmUp = Duration.ofSeconds(Integer.getInteger("scale.warmup.seconds"));
    private final int starts = Integer.getInteger("scale.starts");

    private final Nodes nodes;
    private final Database database;
    private final Load load;

    private Scale(Path directory, Postgres postgres, Nodes nodes) {
        this.directory = directory;
        this.nodes = nodes;
        this.database = new Database(postgres.dataSource()::getConnection);
        this.load = new Load(nodes, postgres, CLIENTS);
    }

    public static void main(String[] arguments) throws IOException {
        Program.main(() -> {
            Path directory = Program.emptyDirectory("scale");
            Program.say("starting PostgreSQL and Keycloak");
            try (Postgres postgres = BenchDatabase.start(directory);
                    Nodes nodes = Nodes.start(directory, 1, List.of(Workspace.productJar()), postgres, List.of())) {
                return new Scale(directory, postgres, nodes).run(postgres);
            }
        });
    }

    private boolean run(Postgres postgres) throws IOException {
        List<GrowthPoint> byRows = byRows();
        List<GrowthPoint> byDevices = byDevices();
        nodes.close();
        Program.say("starting servers with and without our jar");
        GrowthResult result = new GrowthResult(
                settings(), load.problems(), byRows, byDevices, ServerStarts.measure(directory, postgres, starts));
        JsonFile.write(directory.resolve("result.json"), result);
        Files.writeString(directory.resolve("rows.svg"), Plot.logarithmic(byRows, "rows"));
        Files.writeString(directory.resolve("devices.svg"), Plot.linear(byDevices, "devices of each user"));
        String text = GrowthReport.of(result);
        Files.writeString(directory.resolve("result.md"), text);
        System.out.println("\n" + text);
        return result.objections().isEmpty();
    }

    private Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Keycloak", System.getProperty("keycloak.version"));
        all.put("clients", String.valueOf(CLIENTS));
        all.put("users who log in", String.valueOf(visitors));
        all.put("warm-up at each size", warmUp.toSeconds() + " s");
        all.put("blocks at each size", rounds + " of " + BLOCK.toMillis() + " ms");
        all.put("starts", String.valueOf(starts));
        return all;
    }

    private List<GrowthPoint> byRows() {
        VariantRealms realms = realms(1);
        List<TestRealm> both = List.of(realms.builtIn("builtin"), realms.guarded("guard"));
        List<GrowthPoint> points = new ArrayList<>();
        int filled = 1;
        for (int size : rows) {
            for (TestRealm realm : both) {
                fill(realm, filled, size);
            }
            filled = size;
            points.addAll(measure(size, both, size));
        }
        return points;
    }

    private void fill(TestRealm realm, int first, int end) {
        UserCopies copies = UserCopies.in(realm, database);
        for (int from = first; from < end; from += ROWS_AT_ONCE) {
            int to = Math.min(end, from + ROWS_AT_ONCE);
            Program.say(realm.name() + ": users up to " + to);
            copies.add(from, to);
            if (BenchSettings.isGuarded(realm.name())) {
                if (from == 1) {
                    logIn(realm);
                }
                copies.addStates(LOGGED_IN, Math.max(from, LOGGED_IN + 1), to);
            }
        }
    }

    private void logIn(TestRealm realm) {
        BenchUser user = new BenchUser(LOGGED_IN);
        variant(realm, Crowd.of(0))
                .steps(new LoadBrowser(nodes.addresses(), 0, realm.name(), user), user)
                .forEach(step -> step.request().run());
    }

    private List<GrowthPoint> byDevices() {
        List<GrowthPoint> points = new ArrayList<>();
        for (int count = 1; count <= devices; count++) {
            VariantRealms realms = realms(count);
            List<TestRealm> both =
                    List.of(realms.builtIn("builtin-devices-" + count), realms.guarded("guard-devices-" + count));
            for (TestRealm realm : both) {
                UserCopies.in(realm, database).add(1, visitors + 1);
            }
            points.addAll(measure(count, both, visitors + 1));
        }
        return points;
    }

    private VariantRealms realms(int devicesOfUser) {
        AdminApi admin = nodes.admin();
        return new VariantRealms(
                new Realms(admin, new TestClock(admin.baseUrl())), Scenario.LOGIN, false, devicesOfUser);
    }

    private List<GrowthPoint> measure(int size, List<TestRealm> realms, int users) {
        Program.say("measuring at " + size);
        database.update("VACUUM ANALYZE");
        List<Variant> variants = realms.stream()
                .map(realm -> variant(realm, Crowd.spread(visitors, users)))
                .toList();
        awaitNextStep();
        WarmUp.of(load, variants, warmUp, BLOCK);
        Map<Variant, List<Block>> blocks = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (Variant variant : variants) {
                blocks.computeIfAbsent(variant, key -> new ArrayList<>()).add(load.block(round, variant, BLOCK));
            }
        }
        int otp = Scenario.LOGIN.requests().indexOf(VisitSteps.OTP);
        return blocks.entrySet().stream()
                .map(entry -> GrowthPoint.of(
                        size, entry.getKey().guarded() ? "TOTP Guard" : "Keycloak", entry.getValue(), otp))
                .toList();
    }

    /**
     * Waits for the next time step. These users include those of the previous size, and the new crowd does not know
     * which of them have used a code in this step.
     */
    private static void awaitNextStep() {
        long step = BenchPhone.presentStep();
        Await.until("the next time step", NEXT_STEP, () -> BenchPhone.presentStep() > step);
    }

    private static Variant variant(TestRealm realm, Crowd crowd) {
        return new Variant(realm, BenchSettings.isGuarded(realm.name()), Scenario.LOGIN, crowd);
    }
}
