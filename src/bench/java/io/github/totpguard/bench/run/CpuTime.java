package io.github.totpguard.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** The CPU time that processes have used, from {@code /proc}; NaN if the system has no {@code /proc}. */
final class CpuTime {

    /** {@code USER_HZ}, which is 100 on every Linux that the JDK runs on. */
    private static final double TICKS_PER_SECOND = 100;

    // Fields of /proc/PID/stat after the command, which ends with the last parenthesis: man 5 proc, 14 to 17.
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    private CpuTime() {}

    /** The CPU time of processes, in seconds. */
    static double of(Collection<Long> processes) {
        return processes.stream().mapToDouble(pid -> ticks(pid, false)).sum() / TICKS_PER_SECOND;
    }

    /** The CPU time of a process and its children, including those that have ended, in seconds. */
    static double ofFamily(long process) {
        double children = ProcessHandle.of(process).stream()
                .flatMap(ProcessHandle::children)
                .mapToDouble(child -> ticks(child.pid(), false))
                .sum();
        return (ticks(process, true) + children) / TICKS_PER_SECOND;
    }

    private static double ticks(long pid, boolean withEndedChildren) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            double own = Double.parseDouble(fields[UTIME]) + Double.parseDouble(fields[STIME]);
            return withEndedChildren
                    ? own + Double.parseDouble(fields[CUTIME]) + Double.parseDouble(fields[CSTIME])
                    : own;
        } catch (IOException e) {
            // If a child has just ended, its parent's counter of ended children includes it at the next reading.
            return Files.isDirectory(Path.of("/proc/self")) ? 0 : Double.NaN;
        }
    }
}
