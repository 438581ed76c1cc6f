package io.github.totpguard.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;

/** The settings under which a person sees a page. */
public record Look(ColorScheme scheme, int width, String locale, boolean javaScript) {

    public static final Look USUAL = new Look(ColorScheme.LIGHT, 1280, "en-US", true);

    private static final int HEIGHT = 900;

    public Look dark() {
        return new Look(ColorScheme.DARK, width, locale, javaScript);
    }

    /** A small phone. */
    public Look narrow() {
        return new Look(scheme, 360, locale, javaScript);
    }

    public Look in(String otherLocale) {
        return new Look(scheme, width, otherLocale, javaScript);
    }

    public Look withoutJavaScript() {
        return new Look(scheme, width, locale, false);
    }

    Browser.NewContextOptions options() {
        return new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, HEIGHT)
                .setLocale(locale)
                .setJavaScriptEnabled(javaScript);
    }
}
