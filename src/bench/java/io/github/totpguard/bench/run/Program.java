package io.github.totpguard.bench.run;

import io.github.totpguard.harness.Workspace;
import java.io.IOException;
import java.nio.file.Path;

/** What the benchmark's programs have in common. */
final class Program {

    /** What a program does. */
    interface Work {
        /** Whether its results may be used. */
        boolean run() throws IOException;
    }

    private Program() {}

    /** Ends the JVM: with status 0 if the results may be used. */
    static void main(Work work) throws IOException {
        // Maven, when it is told to end, does not pass that on.
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
        boolean usable = false;
        try {
            usable = work.run();
        } catch (AssertionError | IllegalStateException e) {
            e.printStackTrace();
        }
        // The client application of the test harness would keep the JVM alive.
        System.exit(usable ? 0 : 1);
    }

    /** Below {@code target}. */
    static Path emptyDirectory(String name) throws IOException {
        Path directory = Workspace.project().resolve("target").resolve(name);
        Workspace.delete(directory);
        return Workspace.directory(directory);
    }

    static void say(String what) {
        System.out.println(what);
    }
}
