package io.github.totpguard.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one browser process of a test run. Playwright is bound to the thread that made it, so tests are, too. */
final class SharedBrowser implements AutoCloseable {

    /** What the browser's pretended camera shows, a film in Y4M; read when a page turns the camera on. */
    static final Path CAMERA = Workspace.own("camera.y4m");

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-gpu",
            "--use-fake-device-for-media-stream",
            "--use-file-for-fake-video-capture=" + CAMERA);

    private final Playwright playwright;
    private final Browser browser;

    SharedBrowser() {
        Optional<Path> program = BrowserProgram.find();
        Map<String, String> environment =
                program.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of();
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
        program.ifPresent(options::setExecutablePath);
        browser = playwright.chromium().launch(options);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
