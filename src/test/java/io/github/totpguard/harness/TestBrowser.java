package io.github.totpguard.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A person's browser in one test. Each window is a separate profile with its own cookies. Playwright has no time limit
 * for scripts that a page evaluates and for key presses. If a test takes too long, its browser is killed, and the test
 * fails where it waits.
 */
public final class TestBrowser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final SharedBrowser browser;
    private final List<BrowserWindow> windows = new ArrayList<>();
    private final CompletableFuture<Void> closed;

    TestBrowser(SharedBrowser browser) {
        this(browser, LIMIT);
    }

    public TestBrowser(SharedBrowser browser, Duration limit) {
        this.browser = browser;
        this.closed = browser.killAfter(limit);
    }

    public BrowserWindow open() {
        return open(Look.USUAL);
    }

    public BrowserWindow open(Look look) {
        BrowserWindow window = new BrowserWindow(browser.newContext(look.options()));
        windows.add(window);
        return window;
    }

    @Override
    public void close() {
        try {
            if (browser.isAlive()) {
                windows.forEach(BrowserWindow::close);
            }
        } finally {
            closed.complete(null);
        }
    }
}
