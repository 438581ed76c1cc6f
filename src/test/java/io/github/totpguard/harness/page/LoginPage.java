package io.github.totpguard.harness.page;

import com.microsoft.playwright.Page;

/** Keycloak's own page for user name and password. */
public final class LoginPage {

    private final Page page;

    public LoginPage(Page page) {
        this.page = page;
    }

    /** The password of a test user is the user name. */
    public void logIn(String username) {
        logIn(username, username);
    }

    public void logIn(String username, String password) {
        page.fill("input[name=username]", username);
        password(password);
    }

    /** Asks to reset the forgotten password of this user. */
    public void forgotPassword(String username) {
        page.click("a[href*='reset-credentials']");
        page.fill("#username", username);
        page.click("form [type=submit]");
    }

    /** For the page that already knows the user. */
    public void password(String password) {
        page.fill("input[name=password]", password);
        page.click("#kc-login");
    }
}
