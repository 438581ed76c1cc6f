package io.github.totpguard.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a program on this machine. If it is missing and the tests run as root on Debian, installs its Debian package.
 */
public final class MachineProgram {

    private MachineProgram() {}

    /**
     * The first of these names on the PATH.
     *
     * @param packages the Debian packages to install if there is none
     * @return empty if there is none, and the system is not Debian or the user is not root
     */
    public static Optional<Path> find(List<String> names, String... packages) {
        Optional<Path> found = onPath(names);
        return found.isEmpty() && isRootOnDebian() ? findOrInstall(names, packages) : found;
    }

    /** One JVM at a time, because two dpkg processes cannot run at the same time and dpkg does not wait. */
    private static Optional<Path> findOrInstall(List<String> names, String... packages) {
        return ForkLock.holding("install", () -> {
            if (onPath(names).isEmpty()) {
                install(packages);
            }
            return onPath(names);
        });
    }

    private static Optional<Path> onPath(List<String> names) {
        List<String> folders =
                Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return names.stream()
                .flatMap(name -> folders.stream()
                        .flatMap(folder -> Stream.of(Path.of(folder, name), Path.of(folder, name + ".exe"))))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRootOnDebian() {
        return Files.exists(Path.of("/etc/debian_version")) && "root".equals(System.getProperty("user.name"));
    }

    private static void install(String... packages) {
        run(List.of("apt-get", "update", "-qq"));
        List<String> command = new ArrayList<>(List.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"));
        command.addAll(List.of(packages));
        run(command);
    }

    private static void run(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Workspace.directory(Workspace.own(""))
                        .resolve("install.log")
                        .toFile());
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            int status = builder.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
