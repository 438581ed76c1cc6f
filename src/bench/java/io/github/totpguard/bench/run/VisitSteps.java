package io.github.totpguard.bench.run;

import io.github.totpguard.harness.CallbackServer;
import io.github.totpguard.harness.Http;
import io.github.totpguard.harness.TestRealm;
import java.util.Map;
import java.util.TreeMap;

/** The requests of a visit, for one user in one browser. */
final class VisitSteps {

    static final String OTP = "otp";

    private static final String PASSWORD_FIELD = "name=\"password\"";
    private static final String CODE_FIELD = "name=\"otp\"";
    private static final String LOCKED_PAGE = "id=\"totp-guard-locked\"";
    private static final String OUR_QR_CODE = "class=\"totp-guard-qr\"";
    private static final String KEYCLOAKS_QR_CODE = "data:image/png;base64";

    /** The code challenge is that of RFC 7636, appendix B. The authorization codes are never redeemed. */
    private static final String LOGIN_PAGE =
            "/protocol/openid-connect/auth?response_type=code&scope=openid&state=s&nonce=n&client_id="
                    + TestRealm.CLIENT
                    + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&redirect_uri="
                    + Http.encode(CallbackServer.uri().toString());

    private final LoadBrowser browser;
    private final BenchUser user;

    VisitSteps(LoadBrowser browser, BenchUser user) {
        this.browser = browser;
        this.user = user;
    }

    boolean isFirstVisit() {
        return user.visits() == 0;
    }

    VisitStep page() {
        return page("");
    }

    /** @param more additional parameters of the authorization request */
    VisitStep page(String more) {
        return new VisitStep("page", () -> {
            browser.get(LOGIN_PAGE + more);
            browser.expectPage(PASSWORD_FIELD);
        });
    }

    VisitStep password() {
        return new VisitStep("password", () -> {
            submitPassword();
            browser.expectPage(CODE_FIELD);
        });
    }

    /** The password of a user whose browser is trusted. */
    VisitStep passwordAlone() {
        return new VisitStep("password", () -> {
            submitPassword();
            browser.expectLoggedIn();
        });
    }

    VisitStep otp() {
        return new VisitStep(OTP, () -> {
            browser.submit(Map.of("otp", BenchPhone.code()));
            browser.expectLoggedIn();
        });
    }

    /** The user ticks the box to trust this browser. */
    VisitStep otpAndTrust() {
        return new VisitStep(OTP, () -> {
            browser.submit(Map.of("otp", BenchPhone.code(), "trustBrowser", "true"));
            browser.expectLoggedIn();
        });
    }

    /** A code that is followed by a required action. */
    VisitStep otpBeforeAction() {
        return new VisitStep(OTP, () -> {
            browser.submit(Map.of("otp", BenchPhone.code()));
            browser.expectRedirect("/login-actions/required-action");
        });
    }

    VisitStep setupPage(boolean guarded) {
        return new VisitStep("set-up page", () -> {
            browser.follow();
            browser.expectPage(guarded ? OUR_QR_CODE : KEYCLOAKS_QR_CODE);
        });
    }

    VisitStep wrongCode() {
        return new VisitStep("wrong code", () -> {
            browser.submit(Map.of("otp", BenchPhone.wrongCode()));
            browser.expectPage(CODE_FIELD);
        });
    }

    /** A wrong code. With the policy of {@link Scenario#LOCKED}, one wrong code locks the user. */
    VisitStep wrongCodeThatLocks() {
        return new VisitStep(OTP, () -> {
            browser.submit(Map.of("otp", BenchPhone.wrongCode()));
            browser.expectPage(LOCKED_PAGE);
        });
    }

    /** A right code, but the user is locked. */
    VisitStep lockedOut() {
        return new VisitStep(OTP, () -> {
            browser.submit(Map.of("otp", BenchPhone.code()));
            browser.expectPage(LOCKED_PAGE);
        });
    }

    VisitStep grant() {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "grant_type",
                "password",
                "client_id",
                TestRealm.CLIENT,
                "scope",
                "openid",
                "username",
                user.name(),
                "password",
                BenchUser.PASSWORD));
        return new VisitStep("grant", () -> {
            fields.put("otp", BenchPhone.code());
            browser.post("/protocol/openid-connect/token", fields);
            browser.expectPage("access_token");
        });
    }

    private void submitPassword() {
        browser.submit(Map.of("username", user.name(), "password", BenchUser.PASSWORD));
    }
}
