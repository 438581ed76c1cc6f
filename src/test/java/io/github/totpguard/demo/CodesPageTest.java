package io.github.totpguard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page for one-time codes")
class CodesPageTest {

    private static final String KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final long STEP = 59_000_000;

    @Test
    @DisplayName("a key gives its code, its QR code and its address")
    void shows() {
        assertThat(answer(Map.of("key", "jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp", "issuer", "Acme", "account", "bob")))
                .contains("<svg id=\"qr\"")
                .contains("otpauth://totp/Acme:bob?secret=" + KEY + "&amp;issuer=Acme")
                .containsPattern("id=\"code\">[0-9]{6}<");
    }

    @Test
    @DisplayName("an otpauth address brings its own parameters")
    void address() {
        assertThat(answer(Map.of("key", "otpauth://totp/Acme:bob?secret=" + KEY + "&digits=8&period=60")))
                .containsPattern("id=\"code\">[0-9]{8}<");
    }

    @Test
    @DisplayName("a new key replaces the one in the form, and the code beside it")
    void generates() {
        assertThat(answer(Map.of("key", KEY, "code", "123456", "do", "generate")))
                .doesNotContain(KEY)
                .doesNotContain("123456")
                .containsPattern("name=\"key\"[^>]* value=\"[A-Z2-7]{32}\"");
    }

    @Test
    @DisplayName("what cannot be read is answered with the reason, and comes back escaped")
    void unreadable() {
        assertThat(answer(Map.of("key", "\"><script>1</script>")))
                .contains("id=\"says\"")
                .contains("&quot;&gt;&lt;script&gt;")
                .doesNotContain("<script>1");
    }

    @Test
    @DisplayName("a code is right, early, late or wrong")
    void verdicts() {
        assertThat(verdict(0)).isEqualTo("Right: this is the code of now.");
        assertThat(verdict(-2)).isEqualTo("Right, but of another moment: about 60 seconds ago.");
        assertThat(verdict(3)).isEqualTo("Right, but of another moment: about 90 seconds from now.");
        assertThat(verdict(500)).startsWith("Wrong");
    }

    private static String verdict(int offset) {
        OtpSecret secret = OtpSecret.ofBase32(KEY);
        String code = CodeGenerator.code(secret, OtpParameters.Totp.DEFAULT, STEP + offset);
        String grouped = code.substring(0, 3) + " " + code.substring(3);
        return CodesPage.verdict(secret, OtpParameters.Totp.DEFAULT, STEP, grouped);
    }

    private static String answer(Map<String, String> fields) {
        return new CodesPage()
                .answer(new Visit("POST", URI.create(CodesPage.PATH), fields, Map.of()))
                .body();
    }
}
