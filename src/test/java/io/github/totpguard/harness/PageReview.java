package io.github.totpguard.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/**
 * Reviews one page as people see it: light and dark, on a desktop, at 200 % zoom, and on a small phone. In each look
 * axe must find no violation, and no element may overflow at the side. Each look saves a screenshot.
 */
public final class PageReview {
    private static final int HEIGHT = 900;

    private PageReview() {}

    /**
     * Reviews the page in all looks.
     *
     * @param name of the screenshots
     */
    public static void of(BrowserWindow window, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (Screen screen : Screen.values()) {
                look(window, scheme, screen, name + (scheme == ColorScheme.DARK ? "-dark" : "") + screen.suffix);
            }
        }
    }

    private static void look(BrowserWindow window, ColorScheme scheme, Screen screen, String look) {
        Page page = window.page();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(screen.width, HEIGHT);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(look + " does not scroll sideways")
                .isTrue();
        window.screenshot("pages/" + look);
        // Otherwise axe opens a page of its own for the results of frames; our pages have no frames.
        List<Rule> violations =
                new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
        assertThat(violations)
                .as(look)
                .extracting(rule -> rule.getId() + ": " + rule.getHelp())
                .isEmpty();
    }

    private enum Screen {
        DESK(1280, ""),
        /** A browser's zoom of 200 % makes the pixels of a page twice as large, so the width is half as many pixels. */
        DESK_AT_TWICE_THE_SIZE(640, "-zoomed"),
        SMALL_PHONE(360, "-narrow");

        private final int width;
        private final String suffix;

        Screen(int width, String suffix) {
            this.width = width;
            this.suffix = suffix;
        }
    }
}
