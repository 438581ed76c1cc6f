package io.github.totpguard.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one browser of the tests of a JVM. Playwright is bound to the thread that created it, so the tests are bound to
 * that thread too.
 */
public final class SharedBrowser implements AutoCloseable {

    /** The film (Y4M) that the browser's fake camera shows; it is read when a page turns the camera on. */
    public static final Path CAMERA = Workspace.own("camera.y4m");

    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);

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
    /** The process of Playwright's driver, whose child is the browser. */
    private final List<ProcessHandle> driver;

    public SharedBrowser() {
        Optional<Path> program = BrowserProgram.find();
        Map<String, String> environment =
                program.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of();
        List<ProcessHandle> others = ProcessHandle.current().children().toList();
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        driver = ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child))
                .toList();
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(ARGUMENTS);
        program.ifPresent(options::setExecutablePath);
        browser = playwright.chromium().launch(options);
    }

    BrowserContext newContext(Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    public boolean isAlive() {
        return driver.stream().allMatch(ProcessHandle::isAlive);
    }

    /** Kills the browser; a thread that waits for it gets an exception. Any thread may call this. */
    private void kill() {
        driver.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
        driver.forEach(ProcessHandle::destroyForcibly);
        driver.forEach(process -> process.onExit().join());
    }

    /** Kills the browser after this time, unless the returned future is completed before. */
    CompletableFuture<Void> killAfter(Duration limit) {
        CompletableFuture<Void> inTime = new CompletableFuture<>();
        inTime.copy().orTimeout(limit.toSeconds(), TimeUnit.SECONDS).exceptionally(late -> {
            kill();
            return null;
        });
        return inTime;
    }

    @Override
    public void close() {
        if (isAlive()) {
            CompletableFuture<Void> closed = killAfter(CLOSE_LIMIT);
            try {
                browser.close();
                playwright.close();
            } finally {
                closed.complete(null);
            }
        }
    }
}
