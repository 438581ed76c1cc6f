package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.nio.file.Path;

/** The common parts of the benchmark's programs. */
final class Program {

    /** The work of a program. */
    interface Work {
        /** Does the work. Returns whether its results may be used. */
        boolean run() throws IOException;
    }

    private Program() {}

    /** Runs the work and exits the JVM, with status 0 if the results may be used. */
    static void main(Work work) throws IOException {
        // If Maven is stopped, it does not stop this process.
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
        boolean usable = false;
        try {
            usable = work.run();
        } catch (AssertionError | IllegalStateException e) {
            e.printStackTrace();
        }
        // Without an explicit exit, the client application of the test harness would keep the JVM alive.
        System.exit(usable ? 0 : 1);
    }

    /** An empty directory below {@code target}. */
    static Path emptyDirectory(String name) throws IOException {
        Path directory = Workspace.project().resolve("target").resolve(name);
        Workspace.delete(directory);
        return Workspace.directory(directory);
    }

    static void say(String what) {
        System.out.println(what);
    }
}
