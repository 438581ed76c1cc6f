package io.github.totpguard.bench.run;

import io.github.totpguard.bench.CountedStep;
import io.github.totpguard.harness.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counts the operations of the database and the caches for the requests of one login, on servers without other load.
 */
final class StepCost {

    private static final int LOGINS = 2;
    private static final Duration NEXT_STEP = Duration.ofSeconds(2L * BenchPhone.PERIOD);

    private final Nodes nodes;
    private final StatementLog log;
    private final CacheLog caches;
    private final List<CountedStep> counted = new ArrayList<>();
    private final List<String> listing = new ArrayList<>();

    private StepCost(Nodes nodes, StatementLog log) {
        this.nodes = nodes;
        this.log = log;
        this.caches = nodes.cacheLog();
    }

    /**
     * Counts some logins of each variant, one after another. The users have already logged in since the servers
     * started.
     *
     * @param file the file for the statements and operations, without values
     */
    static List<CountedStep> count(Nodes nodes, List<Variant> variants, StatementLog log, Path file) {
        StepCost cost = new StepCost(nodes, log);
        variants.forEach(cost::count);
        try {
            Files.write(file, cost.listing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cost.counted;
    }

    private void count(Variant variant) {
        List<BenchUser> users = new ArrayList<>();
        for (int i = 0; i < LOGINS; i++) {
            users.add(Await.value("a user", NEXT_STEP, variant.crowd()::next));
        }
        for (BenchUser user : users) {
            steps(variant, user).forEach(step -> step.request().run());
            user.visited();
        }
        for (BenchUser user : users) {
            awaitFreshCode(user);
            steps(variant, user).forEach(step -> request(variant, step.name(), step.request()));
            user.visited();
        }
        for (BenchUser user : users) {
            awaitFreshCode(user);
            List<VisitStep> steps = steps(variant, user);
            VisitStep last = steps.get(steps.size() - 1);
            steps.subList(0, steps.size() - 1).forEach(step -> step.request().run());
            nodes.admin().post("/" + variant.name() + "/clear-user-cache", Map.of());
            log.awaitQuiet();
            request(variant, last.name() + CountedStep.NOT_CACHED, last.request());
            variant.crowd().back(user);
        }
    }

    private List<VisitStep> steps(Variant variant, BenchUser user) {
        return variant.steps(new LoadBrowser(nodes.addresses(), user.visits(), variant.name(), user), user);
    }

    private static void awaitFreshCode(BenchUser user) {
        Await.until("a step in which the user has given no code", NEXT_STEP, user::hasFreshCode);
    }

    private void request(Variant variant, String name, Runnable request) {
        caches.operations();
        List<StatementLog.Statement> statements = log.during(request);
        List<String> operations = caches.operations();
        listing.add("== " + variant.name() + ", " + name);
        statements.forEach(one -> listing.add(one.time() + " [" + one.connection() + "] " + one.sql()));
        operations.forEach(one -> listing.add("cache " + one));
        counted.add(new CountedStep(
                variant.name(),
                name,
                statements.stream().filter(StatementLog.Statement::isQuery).count(),
                statements.stream().filter(StatementLog.Statement::isCommit).count(),
                operations.size()));
    }
}
