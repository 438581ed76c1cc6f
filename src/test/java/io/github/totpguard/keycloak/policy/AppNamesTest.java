package io.github.totpguard.keycloak.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class AppNamesTest {
    @Property
    @Tag("S31")
    @Label("from every name of a realm or a user, the part is kept that the URI can carry")
    void anyName(@ForAll String name) {
        String usable = AppNames.usable(name);
        if (!OtpAuthUri.isBlank(usable)) {
            OtpAuthUri uri =
                    OtpAuthUri.totp(usable, usable, OtpSecret.ofBytes(new byte[20]), OtpParameters.Totp.DEFAULT);
            assertThat(OtpAuthUri.parse(uri.print())).isEqualTo(uri);
        }
    }

    @Example
    @Tag("S31")
    @Label("the first name with visible characters is used")
    void firstVisible() {
        assertThat(AppNames.firstUsable(
                        Stream.of(Optional.of("\u200e \u2060:"), Optional.empty(), Optional.of("acme"))))
                .isEqualTo("acme");
        assertThat(AppNames.firstUsable(Stream.of(Optional.of("\u00ad")))).isEqualTo("Keycloak");
    }

    @Example
    @Tag("S31")
    @Label("a colon becomes a space, and all other characters that the URI can carry stay")
    void colon() {
        assertThat(AppNames.usable("Acme: Prod\n")).isEqualTo("Acme Prod");
        assertThat(AppNames.usable("Söhne & Co #1 + 50 % \uD83D\uDD11 שלום"))
                .isEqualTo("Söhne & Co #1 + 50 % \uD83D\uDD11 שלום");
        assertThat(AppNames.usable("x".repeat(500))).hasSize(64);
    }
}
