package io.github.totpguard.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server that a script starts: stores its output, and ends it together with the processes that the script started.
 */
public final class ServerProcess implements AutoCloseable {

    /**
     * For JVMs that end before the C2 compiler pays off: without C2 a build and a start of Keycloak take about half the
     * processor time.
     */
    public static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private static final int LAST_LINES = 60;

    private final Process process;
    private final StringBuffer log = new StringBuffer();
    private final Thread pump;
    private final Thread endWithTheJvm = new Thread(this::end);

    /** Also writes the output to the log file. */
    public static ServerProcess start(ProcessBuilder builder, Path logFile) {
        try {
            Workspace.directory(logFile.getParent());
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            return new ServerProcess(process, Files.newBufferedWriter(logFile));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerProcess(Process process, Writer logFile) {
        this.process = process;
        this.pump = new Thread(() -> pump(logFile), "server output");
        pump.setDaemon(true);
        pump.start();
        Runtime.getRuntime().addShutdownHook(endWithTheJvm);
    }

    private void pump(Writer logFile) {
        try (logFile;
                BufferedReader output =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.append(line).append('\n');
                logFile.append(line).append('\n').flush();
            }
        } catch (IOException e) {
            log.append("(output ended: ").append(e.getMessage()).append(")\n");
        }
    }

    public String log() {
        return log.toString();
    }

    String lastLines() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The ids of the script's process and of the processes that it started. */
    public List<Long> processIds() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Waits until the server answers. If the process ends, fails at once with the end of its output. */
    public void awaitReady(String what, Duration limit, BooleanSupplier ready) {
        try {
            Await.until(what, limit, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("ended with status " + process.exitValue());
                }
                return ready.getAsBoolean();
            });
        } catch (AssertionError e) {
            String lastLines = lastLines();
            close();
            throw new AssertionError(what + ": " + e.getMessage() + "\n" + lastLines, e);
        }
    }

    /** Kills with SIGKILL: the server cannot close resources or notify other nodes. */
    void kill() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
        Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
    }

    private void end() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        for (ProcessHandle one : all) {
            try {
                one.onExit().get(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                one.destroyForcibly();
            } catch (ExecutionException | TimeoutException e) {
                one.destroyForcibly();
            }
        }
    }
}
