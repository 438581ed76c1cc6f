package io.github.totpguard.it;

import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import java.util.List;

/** A person's browser in one test; each window is a profile of its own, without the others' cookies. */
final class TestBrowser implements AutoCloseable {

    private final Browser browser;
    private final List<BrowserWindow> windows = new ArrayList<>();

    TestBrowser(Browser browser) {
        this.browser = browser;
    }

    BrowserWindow open() {
        return open(Look.USUAL);
    }

    BrowserWindow open(Look look) {
        BrowserWindow window = new BrowserWindow(browser.newContext(look.options()));
        windows.add(window);
        return window;
    }

    @Override
    public void close() {
        windows.forEach(BrowserWindow::close);
    }
}
