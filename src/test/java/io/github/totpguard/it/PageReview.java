package io.github.totpguard.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/**
 * Looks at one page as people look at it: light and dark, on a desk, on a small phone, and at twice the size. Axe must find nothing
 * in any of these looks, and nothing may stick out at the side. Each look leaves a picture.
 */
final class PageReview {
    private static final int HEIGHT = 900;
    private static final int DESK = 1280;
    private static final int SMALL_PHONE = 360;

    /** What a browser's zoom of 200 % does to a page is to make its pixels twice as large, so half as many. */
    private static final int DESK_AT_TWICE_THE_SIZE = DESK / 2;

    private final BrowserWindow window;
    private final String name;

    private PageReview(BrowserWindow window, String name) {
        this.window = window;
        this.name = name;
    }

    /**
     * In all looks.
     *
     * @param name of the pictures
     */
    static void of(BrowserWindow window, String name) {
        PageReview review = new PageReview(window, name);
        review.look(ColorScheme.LIGHT, DESK, "");
        review.look(ColorScheme.DARK, DESK_AT_TWICE_THE_SIZE, "-zoomed");
        review.look(ColorScheme.DARK, SMALL_PHONE, "-narrow");
    }

    /** In another language, whose words are longer: on the screen that has the least room. */
    static void ofTranslation(BrowserWindow window, String name) {
        new PageReview(window, name).look(ColorScheme.LIGHT, SMALL_PHONE, "-narrow");
    }

    private void look(ColorScheme scheme, int width, String suffix) {
        Page page = window.page();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, HEIGHT);
        String look = name + (scheme == ColorScheme.DARK ? "-dark" : "") + suffix;
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(look + " does not scroll sideways")
                .isTrue();
        window.screenshot("pages/" + look);
        List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .as(look)
                .extracting(rule -> rule.getId() + ": " + rule.getHelp())
                .isEmpty();
    }
}
