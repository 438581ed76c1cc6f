package io.github.totpguard.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds a Chromium on this machine, or installs one. */
final class BrowserProgram {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private BrowserProgram() {}

    /** Empty if Playwright has to install its own Chromium. */
    static Optional<Path> find() {
        return MachineProgram.find(NAMES, "chromium", "fonts-dejavu-core");
    }
}
