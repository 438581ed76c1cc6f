package io.github.totpguard.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A browser profile with one open page. Records the errors that the developer console would show. */
public final class BrowserWindow implements AutoCloseable {

    /** Long, because machines may be busy; a wait without success still fails. */
    private static final double LIMIT_MILLIS = 60_000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> problems = new ArrayList<>();

    BrowserWindow(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(LIMIT_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add(message.text());
            }
        });
        context.onWebError(error -> problems.add(error.error()));
        this.page = context.newPage();
    }

    public Page page() {
        return page;
    }

    /** For cookies, more tabs and request interception. */
    public BrowserContext context() {
        return context;
    }

    /** Sends the browser to the login page. */
    public BrowserWindow go(OidcLogin login) {
        page.navigate(login.uri().toString());
        return this;
    }

    /**
     * Waits until the page of the application is shown. A test must call it before it navigates by address or by
     * history; otherwise that navigation would collide with the one in progress.
     */
    public void awaitApplication(OidcLogin login) {
        page.waitForURL(url -> url.startsWith(login.redirectUri().toString()));
    }

    /** Console errors, including violations of the content security policy, and uncaught exceptions so far. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Saves the whole page as {@code target/screenshots/NAME.png}. */
    public void screenshot(String name) {
        Path file = Workspace.directory(Workspace.screenshots()).resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        context.close();
    }
}
