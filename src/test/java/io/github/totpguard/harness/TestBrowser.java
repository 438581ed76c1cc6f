package io.github.totpguard.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A person's browser in one test; each window is a profile of its own, without the others' cookies. Playwright waits without a
 * limit for what a page evaluates and for a key to be taken, so a test that takes too long loses its browser, and fails where
 * it waits.
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
