package io.github.totpguard.bench.run;

import io.github.totpguard.bench.Allocated;
import io.github.totpguard.bench.Block;
import io.github.totpguard.bench.Comparison;
import io.github.totpguard.bench.CountedStep;
import io.github.totpguard.bench.DiskPause;
import io.github.totpguard.bench.Figures;
import io.github.totpguard.bench.Report;
import io.github.totpguard.bench.Result;
import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * {@code mvn -Pbench}: compares realms with Keycloak's own form and with ours. All realms are in one production server
 * and get the same load, in short blocks in random order. docs/develop/benchmark.md explains the figures.
 */
final class Bench {

    private final BenchSettings settings;
    private final Path directory;
    private final List<DiskPause> disk = new ArrayList<>();
    private List<Allocated> allocated = List.of();
    private List<CountedStep> counted = List.of();

    private Bench(BenchSettings settings, Path directory) {
        this.settings = settings;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        Program.main(() -> {
            Path directory = Program.emptyDirectory("bench");
            return new Bench(BenchSettings.ofSystemProperties(), directory).run();
        });
    }

    private boolean run() throws IOException {
        Program.say("starting PostgreSQL and " + settings.nodes() + " node(s)");
        try (Postgres postgres = BenchDatabase.start(directory);
                Nodes nodes = Nodes.start(
                        directory, settings.nodes(), List.of(Workspace.productJar()), postgres, serverOptions())) {
            List<Variant> variants = variants(nodes, postgres);
            disk.addAll(DiskPauses.measure(BenchDatabase.data(directory), "before"));
            Load load = new Load(nodes, postgres, settings.clients());
            Program.say(
                    "warming up for " + settings.warmUp().toSeconds() + " s, and until all users have logged in twice");
            WarmUp.of(load, variants, settings.warmUp(), settings.block());
            List<Block> blocks = measure(load, variants);
            disk.addAll(DiskPauses.measure(BenchDatabase.data(directory), "after"));
            JsonFile.writeCompact(directory.resolve("blocks.json"), blocks);
            if (settings.scenario() == Scenario.LOGIN) {
                countCosts(nodes, variants, postgres);
            }
            return report(blocks, load.problems());
        }
    }

    private static List<String> serverOptions() {
        return List.of("--spi-jpa-entity-provider--totp-guard-jpa--durable-acceptance=" + BenchSettings.DURABLE);
    }

    private List<Variant> variants(Nodes nodes, Postgres postgres) {
        AdminApi admin = nodes.admin();
        VariantRealms realms = new VariantRealms(
                new Realms(admin, new TestClock(admin.baseUrl())),
                settings.scenario(),
                settings.defaultPasswordHash(),
                1);
        Database database = new Database(postgres.dataSource()::getConnection);
        List<Variant> variants = new ArrayList<>();
        for (String name : settings.variants()) {
            boolean guarded = BenchSettings.isGuarded(name);
            TestRealm realm = guarded ? realms.guarded(name) : realms.builtIn(name);
            UserCopies.in(realm, database).add(1, settings.users());
            variants.add(new Variant(realm, guarded, settings.scenario(), Crowd.of(settings.users())));
        }
        // The query planner needs statistics of the tables that were just filled.
        database.update("ANALYZE");
        return variants;
    }

    private List<Block> measure(Load load, List<Variant> variants) {
        Program.say("measuring " + settings.rounds() + " rounds");
        Random random = new Random(settings.seed());
        List<Block> blocks = new ArrayList<>();
        List<Variant> order = new ArrayList<>(variants);
        for (int round = 1; round <= settings.rounds(); round++) {
            Collections.shuffle(order, random);
            for (Variant variant : order) {
                blocks.add(load.block(round, variant, settings.block()));
            }
        }
        return blocks;
    }

    private void countCosts(Nodes nodes, List<Variant> variants, Postgres postgres) {
        List<Variant> different = variants.subList(1, variants.size());
        Program.say("measuring what the servers allocate");
        allocated = Allocations.measure(nodes, different);
        Program.say("counting statements and cache operations");
        nodes.restart(CacheLog.ARGUMENT);
        StatementLog log = StatementLog.switchOn(postgres);
        counted = StepCost.count(nodes, different, log, directory.resolve("statements.log"));
    }

    private boolean report(List<Block> blocks, List<String> problems) throws IOException {
        Figures figures =
                new Figures(blocks, settings.variants(), settings.scenario().requests());
        List<String> objections = new ArrayList<>(figures.objections());
        if (!problems.isEmpty()) {
            objections.add(problems.size() + " visits failed, the first with: " + problems.get(0));
        }
        int waits = blocks.stream().mapToInt(Block::waits).sum();
        if (waits > 0) {
            objections.add("clients waited " + waits + " times for a user with a fresh code (take more -Dbench.users)");
        }
        Result result = new Result(settings.described(), objections, figures.rows(), disk, allocated, counted);
        JsonFile.write(directory.resolve("result.json"), result);
        String text = Report.of(result);
        String baseline = System.getProperty("baseline", "");
        if (!baseline.isEmpty()) {
            text += "\n" + Comparison.of(JsonFile.read(Path.of(baseline), Result.class), result);
        }
        Files.writeString(directory.resolve("result.md"), text);
        System.out.println("\n" + text);
        return objections.isEmpty();
    }
}
