package io.github.totpguard.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/**
 * Looks at one page as people look at it: light and dark, on a desk, at twice the size, and on a small phone. Axe must find nothing
 * in any of these looks, and nothing may stick out at the side. Each look leaves a picture.
 */
public final class PageReview {
    private static final int HEIGHT = 900;

    private PageReview() {}

    /**
     * In all looks.
     *
     * @param name of the pictures
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
        // Otherwise it opens a page of its own for what frames have found; ours have none.
        List<Rule> violations =
                new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
        assertThat(violations)
                .as(look)
                .extracting(rule -> rule.getId() + ": " + rule.getHelp())
                .isEmpty();
    }

    private enum Screen {
        DESK(1280, ""),
        /** What a browser's zoom of 200 % does to a page is to make its pixels twice as large, so half as many. */
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
