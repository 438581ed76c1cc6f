package io.github.totpguard.bench.run;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.github.totpguard.bench.Allocated;
import io.github.totpguard.bench.Estimate;
import io.github.totpguard.harness.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Measures the bytes that the servers' threads allocate for codes only: all users are taken to the code page before.
 * The JVM counts the bytes of each thread. Its management agent, which is started by attaching to the process, provides
 * the counts.
 */
final class Allocations implements AutoCloseable {

    private static final int ROUNDS = 6;
    private static final int MAX_CODES = 50;
    private static final double BYTES_PER_KILOBYTE = 1e3;
    private static final Duration NEXT_STEP = Duration.ofSeconds(2L * BenchPhone.PERIOD);

    private final Nodes nodes;
    private final List<JMXConnector> connections = new ArrayList<>();
    private final List<ThreadMXBean> servers = new ArrayList<>();

    private Allocations(Nodes nodes) {
        this.nodes = nodes;
    }

    /** The variants alternate. The error is the standard error of the mean of the rounds. */
    static List<Allocated> measure(Nodes nodes, List<Variant> variants) {
        try (Allocations allocations = new Allocations(nodes)) {
            allocations.connect();
            Map<Variant, double[]> kilobytes = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Variant variant : variants) {
                    kilobytes.computeIfAbsent(variant, key -> new double[ROUNDS])[round] =
                            allocations.ofCode(variant) / BYTES_PER_KILOBYTE;
                }
            }
            return kilobytes.entrySet().stream()
                    .map(entry -> new Allocated(entry.getKey().name(), Estimate.mean(entry.getValue())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() throws IOException {
        for (long pid : nodes.javaProcessIds()) {
            JMXConnector connection = JMXConnectorFactory.connect(new JMXServiceURL(agentOf(pid)));
            connections.add(connection);
            servers.add(ManagementFactory.newPlatformMXBeanProxy(
                    connection.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class));
        }
    }

    private static String agentOf(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e);
        }
    }

    private double ofCode(Variant variant) {
        List<URI> addresses = nodes.addresses();
        List<VisitStep> codes = new ArrayList<>();
        List<BenchUser> users = new ArrayList<>();
        Optional<BenchUser> next =
                Optional.of(Await.value("a user with a fresh code", NEXT_STEP, variant.crowd()::next));
        for (int i = 0; i < MAX_CODES && next.isPresent(); i++) {
            BenchUser user = next.get();
            List<VisitStep> steps = variant.steps(new LoadBrowser(addresses, i, variant.name(), user), user);
            steps.subList(0, steps.size() - 1).forEach(step -> step.request().run());
            codes.add(steps.get(steps.size() - 1));
            users.add(user);
            next = i + 1 < MAX_CODES ? variant.crowd().next() : Optional.empty();
        }
        List<Map<Long, Long>> before =
                servers.stream().map(Allocations::byThread).toList();
        codes.forEach(step -> step.request().run());
        double sum = 0;
        for (int i = 0; i < servers.size(); i++) {
            sum += difference(before.get(i), byThread(servers.get(i)));
        }
        users.forEach(variant.crowd()::back);
        return sum / users.size();
    }

    private static Map<Long, Long> byThread(ThreadMXBean server) {
        long[] threads = server.getAllThreadIds();
        long[] bytes = server.getThreadAllocatedBytes(threads);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < threads.length; i++) {
            byThread.put(threads[i], bytes[i]);
        }
        return byThread;
    }

    private static double difference(Map<Long, Long> before, Map<Long, Long> after) {
        return after.entrySet().stream()
                .filter(thread -> thread.getValue() >= 0)
                .mapToDouble(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    @Override
    public void close() throws IOException {
        for (JMXConnector connection : connections) {
            connection.close();
        }
    }
}
