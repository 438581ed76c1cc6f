package io.github.totpguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.uri.OtpAuthUri;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UriCommandTest {

    private static final String SECRET = "JBSWY3DPEHPK3PXP";

    @Test
    @Tag("K1")
    @Tag("K2")
    @DisplayName("the URI of a secret has the given names and parameters")
    void ofSecret() {
        assertThat(run(SECRET, "--issuer", "Example Inc", "--account", "alice")
                        .out()
                        .strip())
                .isEqualTo("otpauth://totp/Example%20Inc:alice?secret=" + SECRET + "&issuer=Example%20Inc");
        assertThat(run(SECRET, "--account=a", "--algorithm=sha512", "--digits=8", "--period=60")
                        .out()
                        .strip())
                .isEqualTo("otpauth://totp/a?secret=" + SECRET + "&algorithm=SHA512&digits=8&period=60");
        assertThat(run(SECRET, "--account=a", "--type=hotp", "--counter=7")
                        .out()
                        .strip())
                .isEqualTo("otpauth://hotp/a?secret=" + SECRET + "&counter=7");
        assertThat(run(SECRET, "--account=a", "--issuer=Steam", "--type=steam")
                        .out()
                        .strip())
                .isEqualTo("otpauth://steam/Steam:a?secret=" + SECRET + "&issuer=Steam");
    }

    @Test
    @Tag("K1")
    @DisplayName(
            "another spelling of a URI becomes the shortest one; its names can be replaced, but not its parameters")
    void ofUri() {
        String uri = "otpauth://TOTP/Example%3Aalice?digits=6&secret=jbsw%20y3dp-ehpk3pxp&period=30";
        assertThat(run(uri).out().strip())
                .isEqualTo("otpauth://totp/Example:alice?secret=" + SECRET + "&issuer=Example");
        assertThat(run(uri, "--account=bob").out().strip())
                .isEqualTo("otpauth://totp/Example:bob?secret=" + SECRET + "&issuer=Example");
        assertThat(run(uri, "--digits=8").exitCode()).isEqualTo(2);
    }

    @Test
    @Tag("S27")
    @Tag("T2")
    @DisplayName("a generated key is new each time, and no input is read")
    void generated() {
        OtpAuthUri one = OtpAuthUri.parse(
                run(SECRET, "--generate", "--account=a", "--algorithm=SHA256").out());
        OtpAuthUri other =
                OtpAuthUri.parse(run(SECRET, "--generate", "--account=a").out());
        assertThat(one.secret().bits()).isEqualTo(256);
        assertThat(other.secret().bits()).isEqualTo(160);
        assertThat(other.secret().toBase32()).isNotEqualTo(SECRET);
        assertThat(run("", "--generate", "--account=a", "--insecure-secret-argument=" + SECRET)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    @DisplayName("JSON contains the whole account")
    void json() {
        assertThat(run(SECRET, "--account=\u00e4\"", "--json").out().strip())
                .isEqualTo("{\"type\":\"totp\",\"issuer\":null,\"account\":\"\\u00e4\\\"\",\"algorithm\":\"SHA1\","
                        + "\"digits\":6,\"period\":30,\"counter\":null,"
                        + "\"uri\":\"otpauth://totp/%C3%A4%22?secret=" + SECRET + "\"}");
    }

    @Test
    @DisplayName("a missing account, a name that no URI can contain, and a missing counter are refused")
    void refused() {
        assertThat(run(SECRET).exitCode()).isEqualTo(2);
        assertThat(run(SECRET, "--account=a:b").exitCode()).isEqualTo(2);
        assertThat(run(SECRET, "--account= ").exitCode()).isEqualTo(2);
        assertThat(run(SECRET, "--account=a", "--type=hotp").exitCode()).isEqualTo(2);
        assertThat(run(SECRET, "--account=a:b").err())
                .contains("The account holds a colon")
                .doesNotContain(SECRET);
    }

    private static Tool.Result run(String input, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "uri";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return new Tool().input(input).run(arguments);
    }
}
