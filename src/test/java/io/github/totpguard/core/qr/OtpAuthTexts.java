package io.github.totpguard.core.qr;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random contents of our QR codes: URIs with issuers and accounts in several scripts. */
final class OtpAuthTexts {

    private OtpAuthTexts() {}

    static Arbitrary<String> any() {
        Arbitrary<OtpSecret> secrets = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(10)
                .ofMaxSize(64)
                .map(OtpSecret::ofBytes);
        return Combinators.combine(names(), names(), secrets)
                .as((issuer, account, secret) -> OtpAuthUri.totp(issuer, account, secret, OtpParameters.Totp.DEFAULT)
                        .print());
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('\u05d0', '\u05ea')
                .withCharRange('\u0430', '\u044f')
                .withCharRange('\u4e00', '\u4eff')
                .withChars("#?&%+ \"'<>@")
                .ofMaxLength(20)
                .map("x"::concat);
    }
}
