package io.github.totpguard.core.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtpAuthUriParserTest {

    private static final String SECRET = "JBSWY3DPEHPK3PXP";
    private static final String S = "?secret=" + SECRET;

    private static final OtpAuthUri EXAMPLE = new OtpAuthUri(
            Optional.of("Example"),
            "alice",
            OtpSecret.ofBase32(SECRET),
            OtpParameters.Totp.DEFAULT,
            OptionalLong.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://totp/Example:alice" + S + "&issuer=Example",
                "OTPAUTH://TOTP/Example:alice" + S + "&issuer=Example",
                " otpauth://totp/Example:alice" + S + "\n",
                "otpauth://totp/Example:alice?SECRET=" + SECRET + "&Issuer=Example",
                "otpauth://totp/Example:alice" + S,
                "otpauth://totp/Example:alice" + S + "&issuer=",
                "otpauth://totp/alice" + S + "&issuer=Example",
                "otpauth://totp/:alice" + S + "&issuer=Example",
                "otpauth://totp/Example%3Aalice" + S,
                "otpauth://totp/Example%3a%20alice" + S,
                "otpauth://totp/Example:%20%20alice" + S + "&issuer=%20Example%20",
                "otpauth://totp/Example: alice" + S,
                "otpauth://totp/Example:alice?issuer=Example&secret=jbswy3dpehpk3pxp",
                "otpauth://totp/Example:alice?secret=JBSW%20Y3DP-EHPK%203PXP",
                "otpauth://totp/Example:alice?secret=JBSW Y3DP EHPK 3PXP",
                "otpauth://totp/Example:alice" + S + "======",
                "otpauth://totp/Example:alice" + S + "%3D%3D%3D",
                "otpauth://totp/Example:alice" + S + "&algorithm=SHA1&digits=6&period=30",
                "otpauth://totp/Example:alice" + S + "&algorithm=sha-1&digits=06",
                "otpauth://totp/Example:alice" + S + "&algorithm=HmacSHA1",
                "otpauth://totp/Example:alice" + S + "&&x&=&image=http%3A%2F%2F127.0.0.1%2Fx.png&image=%zz",
                "otpauth://totp/Example:alice" + S + "&counter=x&lock=true"
            })
    @DisplayName("K1 K2 K4 other programs' spellings of one URI")
    void tolerated(String uri) {
        assertThat(OtpAuthUri.parse(uri)).isEqualTo(EXAMPLE);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA1, SHA1",
        "sha256, SHA256",
        "SHA-512, SHA512",
        "HMACSHA256, SHA256",
        "HMAC-SHA-512, SHA512",
        "HmacSHA512, SHA512"
    })
    @DisplayName("K2 names of algorithms")
    void algorithms(String name, OtpAlgorithm algorithm) {
        assertThat(OtpAuthUri.parse("otpauth://totp/a" + S + "&algorithm=" + name + "&digits=8&period=300")
                        .parameters())
                .isEqualTo(new OtpParameters.Totp(algorithm, 8, 300));
    }

    @Test
    @DisplayName("K2 hotp with its counter; a period has no meaning there")
    void hotp() {
        OtpAuthUri uri = OtpAuthUri.parse("otpauth://hotp/a" + S + "&counter=9223372036854775807&digits=7&period=0");
        assertThat(uri.parameters()).isEqualTo(new OtpParameters.Hotp(OtpAlgorithm.SHA1, 7));
        assertThat(uri.counter()).hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://steam/Steam:alice" + S + "&issuer=Steam",
                "otpauth://STEAM/Steam:alice" + S,
                "otpauth://steam/Steam:alice" + S + "&issuer=Steam&algorithm=sha1&digits=5&period=30",
                "otpauth://steam/Steam:alice" + S + "&algorithm=MD5&digits=x&period=0&counter=-1",
                "otpauth://totp/Steam:alice" + S + "&period=30&digits=5&issuer=Steam&encoder=steam",
                "otpauth://totp/Steam:alice" + S + "&digits=6&encoder=STEAM",
                "otpauth://totp/Steam:alice" + S + "&issuer=Steam",
                "otpauth://totp/alice" + S + "&issuer=Steam&digits=5"
            })
    @DisplayName("K1 Steam, in the spellings of Aegis, ente, KeePassXC and the command-line tools")
    void steam(String uri) {
        OtpAuthUri read = OtpAuthUri.parse(uri);
        assertThat(read.issuer()).hasValue("Steam");
        assertThat(read.account()).isEqualTo("alice");
        assertThat(read.parameters()).isEqualTo(new OtpParameters.Steam());
        assertThat(read.counter()).isEmpty();
        assertThat(read.print()).isEqualTo("otpauth://steam/Steam:alice" + S + "&issuer=Steam");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://totp/Steam:alice" + S + "&digits=6",
                "otpauth://totp/Steamy:alice" + S,
                "otpauth://totp/Steamy:alice" + S + "&encoder=default",
                "otpauth://hotp/Steam:alice" + S + "&counter=0",
                "otpauth://hotp/Steam:alice" + S + "&counter=0&encoder=steam"
            })
    @DisplayName("K1 what is not Steam: six digits that are asked for, another issuer, a counter")
    void notSteam(String uri) {
        assertThat(OtpAuthUri.parse(uri).parameters())
                .isNotInstanceOf(OtpParameters.Steam.class)
                .extracting(OtpParameters::digits)
                .isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "otpauth://totp/A:somebody_example.org#EXT#@t.onmicrosoft.com, A, somebody_example.org#EXT#@t.onmicrosoft.com",
        "otpauth://totp/A/B:c/d, A/B, c/d",
        "otpauth://totp/Z\u00fcrich:\u05d0, Z\u00fcrich, \u05d0",
        "otpauth://totp/A+B:c+d, A+B, c+d",
        "otpauth://totp/A%2BB:c%2Bd, A+B, c+d",
        "otpauth://totp/A%26B:c%3Fd%23, A&B, c?d#"
    })
    @DisplayName("S31 K1 labels that are not escaped, and labels that are")
    void labels(String uri, String issuer, String account) {
        OtpAuthUri read = OtpAuthUri.parse(uri + S);
        assertThat(read.issuer()).hasValue(issuer);
        assertThat(read.account()).isEqualTo(account);
    }

    @ParameterizedTest
    @CsvSource({
        "A%20B:c, A+B, A B",
        "A%20B:c, A%20B, A B",
        "A B:c, A B, A B",
        "A+B:c, A+B, A+B",
        "A+B:c, A%2BB, A+B",
        "c, A+B, A+B",
        "c, A#B, A#B",
        "A%20+B:c, A%20%2BB, A +B"
    })
    @DisplayName("S31 K1 a plus sign in the issuer is a space only where the label says so")
    void plus(String label, String parameter, String issuer) {
        assertThat(OtpAuthUri.parse("otpauth://totp/" + label + S + "&issuer=" + parameter)
                        .issuer())
                .hasValue(issuer);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(Reason.TOO_LONG, "otpauth://totp/a" + S + "&x=" + "y".repeat(4096)),
                refused(Reason.TOO_LONG, " ".repeat(1_000_000)),
                refused(Reason.SCHEME, ""),
                refused(Reason.SCHEME, SECRET),
                refused(Reason.SCHEME, "https://totp/a" + S),
                refused(Reason.SCHEME, "otpauth:totp/a" + S),
                refused(Reason.SCHEME, "otpauth-migration://offline?data=x"),
                refused(Reason.TYPE, "otpauth://"),
                refused(Reason.TYPE, "otpauth://" + SECRET),
                refused(Reason.TYPE, "otpauth:///a" + S),
                refused(Reason.TYPE, "otpauth://yandex/a" + S),
                refused(Reason.TYPE, "otpauth://totp2/a" + S),
                refused(Reason.ENCODING, "otpauth://totp/a%" + S),
                refused(Reason.ENCODING, "otpauth://totp/a%FF" + S),
                refused(Reason.ENCODING, "otpauth://totp/a\ud83d" + S),
                refused(Reason.ENCODING, "otpauth://totp/a" + S + "%zz"),
                refused(Reason.ENCODING, "otpauth://totp/a" + S + "&issuer=%C3"),
                refused(Reason.ACCOUNT_BLANK, "otpauth://totp" + S),
                refused(Reason.ACCOUNT_BLANK, "otpauth://totp/" + S),
                refused(Reason.ACCOUNT_BLANK, "otpauth://totp/Example:" + S),
                refused(Reason.ACCOUNT_BLANK, "otpauth://totp/Example:%20" + S),
                refused(Reason.ISSUER_BLANK, "otpauth://totp/a" + S + "&issuer=%E2%80%8B"),
                refused(Reason.NAME_HAS_COLON, "otpauth://totp/a:b:c" + S),
                refused(Reason.NAME_HAS_COLON, "otpauth://totp/a:b%3Ac" + S),
                refused(Reason.NAME_HAS_COLON, "otpauth://totp/a" + S + "&issuer=b%3Ac"),
                refused(Reason.NAME_HAS_CONTROL_CHARACTER, "otpauth://totp/a%00b" + S),
                refused(Reason.NAME_HAS_CONTROL_CHARACTER, "otpauth://totp/a" + S + "&issuer=b%0D%0Ac"),
                refused(Reason.NAME_TOO_LONG, "otpauth://totp/" + "a".repeat(256) + S),
                refused(Reason.ISSUER_MISMATCH, "otpauth://totp/Example:a" + S + "&issuer=Evil"),
                refused(Reason.ISSUER_MISMATCH, "otpauth://totp/Example:a" + S + "&issuer=example"),
                refused(Reason.ISSUER_MISMATCH, "otpauth://totp/A+B:a" + S + "&issuer=A%20B"),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&secret=" + SECRET),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&SECRET=GEZDGNBV"),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&issuer=a&issuer=b"),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&digits=6&digits=8"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?secret"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?secret="),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?secret=%20"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=---"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=A"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=JBSWY3DPEHPK3PX1"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=JBSW+Y3DP+EHPK+3PXP"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=" + "A".repeat(1648)),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=" + "A".repeat(4000)),
                refused(Reason.ALGORITHM, "otpauth://totp/a" + S + "&algorithm=MD5"),
                refused(Reason.ALGORITHM, "otpauth://totp/a" + S + "&algorithm="),
                refused(Reason.ALGORITHM, "otpauth://totp/a" + S + "&algorithm=SHA224"),
                refused(Reason.DIGITS, "otpauth://totp/a" + S + "&digits=0"),
                refused(Reason.DIGITS, "otpauth://totp/a" + S + "&digits=11"),
                refused(Reason.DIGITS, "otpauth://totp/a" + S + "&digits=+6"),
                refused(Reason.DIGITS, "otpauth://totp/a" + S + "&digits=\u0666"),
                refused(Reason.DIGITS, "otpauth://totp/a" + S + "&digits="),
                refused(Reason.DIGITS, "otpauth://totp/a" + S + "&digits=4294967302"),
                refused(Reason.PERIOD, "otpauth://totp/a" + S + "&period=0"),
                refused(Reason.PERIOD, "otpauth://totp/a" + S + "&period=-30"),
                refused(Reason.PERIOD, "otpauth://totp/a" + S + "&period=86401"),
                refused(Reason.PERIOD, "otpauth://totp/a" + S + "&period=30.5"),
                refused(Reason.PERIOD, "otpauth://totp/a" + S + "&period=9999999999999999999"),
                refused(Reason.COUNTER, "otpauth://hotp/a" + S),
                refused(Reason.COUNTER, "otpauth://hotp/a" + S + "&counter="),
                refused(Reason.COUNTER, "otpauth://hotp/a" + S + "&counter=-1"),
                refused(Reason.COUNTER, "otpauth://hotp/a" + S + "&counter=9223372036854775808"));
    }

    private static Arguments refused(Reason reason, String uri) {
        return Arguments.of(reason, uri);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("refused")
    @DisplayName("S29 S31 K1 K2 what is refused, and why")
    void refusedUris(Reason reason, String uri) {
        assertThatExceptionOfType(InvalidOtpAuthUriException.class)
                .isThrownBy(() -> OtpAuthUri.parse(uri))
                .withNoCause()
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e.getMessage()).isNotBlank().matches("[ -~]*").doesNotContain("JBSW");
                });
    }

    @Test
    @DisplayName("S31 every reason can happen; only the constructor's caller can hold half a character")
    void everyReason() {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        refused().forEach(arguments -> reasons.add((Reason) arguments.get()[0]));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(reasons))).containsExactly(Reason.NAME_HAS_LONE_SURROGATE);
    }

    @ParameterizedTest
    @CsvSource({
        "&digits=11, 'The parameter digits is a number from 1 to 10, not 11'",
        "&period=0, 'The parameter period is a number from 1 to 86400, not 0'",
        "&issuer=Evil%0A, 'The label names the issuer Example, the parameter Evil'",
        "&issuer=Ev%0Ail, 'The label names the issuer Example, the parameter Ev%0Ail'"
    })
    @DisplayName("K2 A14 the message has what was expected and what was found, on one line")
    void messages(String parameter, String message) {
        assertThatExceptionOfType(InvalidOtpAuthUriException.class)
                .isThrownBy(() -> OtpAuthUri.parse("otpauth://totp/Example:alice" + S + parameter))
                .withMessage(message);
    }

    @Test
    @DisplayName("4096 characters are read")
    void longest() {
        String uri = "otpauth://totp/Example:alice" + S + "&x=";
        assertThat(OtpAuthUri.parse(uri + "y".repeat(OtpAuthUri.MAX_LENGTH - uri.length())))
                .isEqualTo(EXAMPLE);
        assertThatNullPointerException().isThrownBy(() -> OtpAuthUri.parse(null));
    }

    @Property(tries = 3000, seed = "31")
    @Label("S31 a damaged URI is read or refused, and the refusal never holds the secret")
    void damaged(@ForAll("damagedUris") String uri) {
        try {
            OtpAuthUri read = OtpAuthUri.parse(uri);
            assertThat(OtpAuthUri.parse(read.print())).isEqualTo(read);
        } catch (InvalidOtpAuthUriException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(e.getMessage()).isNotBlank().doesNotContain("JBSWY3", "PK3PXP");
        }
    }

    @Provide
    Arbitrary<String> damagedUris() {
        List<String> whole = List.of(
                "otpauth://totp/Example%20Inc:alice%40example.org?secret=" + SECRET
                        + "&issuer=Example+Inc&algorithm=SHA256&digits=8&period=60&image=x",
                "otpauth://hotp/Example:bob?secret=" + SECRET + "&issuer=Example&counter=7");
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of("", "%", "%3A", ":", "?", "&", "=", "#", "+", "/", "secret=", "digits=", "\u0000"),
                Arbitraries.strings().all().ofMaxLength(3));
        Arbitrary<String> damage = Combinators.combine(
                        Arbitraries.of(whole),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.integers().between(0, 4),
                        piece)
                .as((uri, where, removed, added) -> {
                    int start = (int) (where * uri.length());
                    return uri.substring(0, start) + added + uri.substring(Math.min(uri.length(), start + removed));
                });
        return Arbitraries.frequencyOf(
                Tuple.of(9, damage),
                Tuple.of(1, Arbitraries.strings().all().ofMaxLength(50).map(rest -> "otpauth://totp/" + rest)));
    }
}
