package io.github.totpguard.bench.run;

import io.github.totpguard.bench.Block;
import io.github.totpguard.harness.AtOnce;
import io.github.totpguard.harness.Await;
import io.github.totpguard.harness.Postgres;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A closed load model: a fixed number of clients, each with one user after another, without think time. */
final class Load {

    private static final Duration NEXT_STEP = Duration.ofSeconds(2L * BenchPhone.PERIOD);

    private final Nodes nodes;
    private final Postgres postgres;
    private final int clients;
    private final AtomicInteger visits = new AtomicInteger();
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    Load(Nodes nodes, Postgres postgres, int clients) {
        this.nodes = nodes;
        this.postgres = postgres;
        this.clients = clients;
    }

    /** Runs visits of one variant for this duration, then waits for the last ones. */
    Block block(int round, Variant variant, Duration length) {
        List<URI> addresses = nodes.addresses();
        List<long[]> times = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger errors = new AtomicInteger();
        AtomicInteger waits = new AtomicInteger();
        List<Long> servers = nodes.processIds();
        double serverCpu = CpuTime.of(servers);
        double postgresCpu = CpuTime.ofFamily(postgres.processId());
        long start = System.nanoTime();
        AtOnce.run(clients, client -> {
            while (System.nanoTime() - start < length.toNanos()) {
                BenchUser user = freshUser(variant.crowd(), waits);
                try {
                    times.add(visit(addresses, variant, user));
                } catch (AssertionError | UncheckedIOException e) {
                    errors.incrementAndGet();
                    problems.add(variant.name() + ": " + e.getMessage());
                }
                variant.crowd().back(user);
            }
            return client;
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Block(
                round,
                variant.name(),
                seconds,
                errors.get(),
                waits.get(),
                CpuTime.of(servers) - serverCpu,
                CpuTime.ofFamily(postgres.processId()) - postgresCpu,
                List.copyOf(times));
    }

    /** The errors so far. They contain no secrets. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private static BenchUser freshUser(Crowd crowd, AtomicInteger waits) {
        return crowd.next().orElseGet(() -> {
            waits.incrementAndGet();
            return Await.value("a user with a fresh code", NEXT_STEP, crowd::next);
        });
    }

    private long[] visit(List<URI> addresses, Variant variant, BenchUser user) {
        LoadBrowser browser = new LoadBrowser(addresses, visits.getAndIncrement(), variant.name(), user);
        List<String> requests = variant.scenario().requests();
        long[] times = new long[requests.size()];
        Arrays.fill(times, Block.NOT_SENT);
        for (VisitStep step : variant.steps(browser, user)) {
            int request = requests.indexOf(step.name());
            long start = System.nanoTime();
            step.request().run();
            if (request >= 0) {
                times[request] = System.nanoTime() - start;
            }
        }
        return times;
    }
}
