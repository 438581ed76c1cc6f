package io.github.totpguard.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.totpguard.harness.BrowserExtension;
import io.github.totpguard.harness.BrowserWindow;
import io.github.totpguard.harness.Database;
import io.github.totpguard.harness.OidcLogin;
import io.github.totpguard.harness.PhoneApp;
import io.github.totpguard.harness.TestBrowser;
import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.page.CodePage;
import io.github.totpguard.harness.page.LoginPage;
import io.github.totpguard.harness.page.SetupPage;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The main use case, as a person who tries the project sees it. */
@ExtendWith(BrowserExtension.class)
@DisplayName("The demo")
final class DemoIT {

    private static final String BOB_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    @Test
    @DisplayName(
            "Alice enrols by QR code, Bob's old device works, and both secrets are sealed in the database afterwards")
    void everyoneGetsIn(TestBrowser browser) {
        DemoServer demo = DemoServer.start();
        try (demo) {
            TestRealm realm = demo.realm();
            assertThat(enrol(realm, browser).getStringClaim("preferred_username"))
                    .isEqualTo("alice");
            assertThat(logIn(realm, browser).getStringClaim("preferred_username"))
                    .isEqualTo("bob");
        }

        Database database = demo.databaseAfterEnd();
        for (String username : new String[] {"alice", "bob"}) {
            assertThat(database.text(
                                    "select c.secret_data from credential c join user_entity u on u.id = c.user_id"
                                            + " where c.type = 'otp' and u.username = ?",
                                    username)
                            .startsWith("{\"value\":\"eyJ"))
                    .as("the stored secret of %s is a JWE", username)
                    .isTrue();
        }
    }

    private static IDTokenClaimsSet enrol(TestRealm realm, TestBrowser browser) {
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("alice");
        SetupPage setup = new SetupPage(window.page());
        PhoneApp phone = PhoneApp.scan(setup.uriFromScreenshot());
        setup.enter(phone.codeAt(Instant.now()));
        window.page().locator("#totp-guard-backup-codes li").first().waitFor();
        window.page().check("#saved");
        window.page().click("#totp-guard-submit");
        return login.claims();
    }

    private static IDTokenClaimsSet logIn(TestRealm realm, TestBrowser browser) {
        OidcLogin login = OidcLogin.to(realm);
        BrowserWindow window = browser.open().go(login);
        new LoginPage(window.page()).logIn("bob");
        new CodePage(window.page()).enter(PhoneApp.type(BOB_KEY).codeAt(Instant.now()));
        return login.claims();
    }
}
