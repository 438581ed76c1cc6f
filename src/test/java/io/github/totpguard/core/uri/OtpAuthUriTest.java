package io.github.totpguard.core.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtpAuthUriTest {

    private static final OtpSecret SECRET = OtpSecret.ofBase32("JBSWY3DPEHPK3PXP");
    private static final OtpParameters.Totp TOTP = OtpParameters.Totp.DEFAULT;

    @Test
    @Tag("K1")
    @Tag("K2")
    @DisplayName("the shortest URI has only label, secret and issuer; default values are not printed")
    void shortest() {
        assertThat(OtpAuthUri.totp("Example", "alice@google.com", SECRET, TOTP).print())
                .isEqualTo("otpauth://totp/Example:alice%40google.com?secret=JBSWY3DPEHPK3PXP&issuer=Example");
    }

    @Test
    @Tag("K2")
    @DisplayName("values other than SHA1, 6 and 30 are printed, and so is a counter")
    void everything() {
        assertThat(OtpAuthUri.totp("A B", "\u05d0", SECRET, new OtpParameters.Totp(OtpAlgorithm.SHA512, 8, 60))
                        .print())
                .isEqualTo("otpauth://totp/A%20B:%D7%90?secret=JBSWY3DPEHPK3PXP&issuer=A%20B"
                        + "&algorithm=SHA512&digits=8&period=60");
        assertThat(OtpAuthUri.hotp("A", "b", SECRET, new OtpParameters.Hotp(OtpAlgorithm.SHA256, 7), 0)
                        .print())
                .isEqualTo("otpauth://hotp/A:b?secret=JBSWY3DPEHPK3PXP&issuer=A&algorithm=SHA256&digits=7&counter=0");
        assertThat(new OtpAuthUri(Optional.empty(), "b", SECRET, TOTP, OptionalLong.empty()).print())
                .isEqualTo("otpauth://totp/b?secret=JBSWY3DPEHPK3PXP");
    }

    @Property(tries = 1000, seed = "31")
    @net.jqwik.api.Tag("S31")
    @net.jqwik.api.Tag("K1")
    @net.jqwik.api.Tag("K2")
    @Label("parse(print(x)) is x, for names in many scripts, any secret and all parameters")
    void survives(@ForAll("uris") OtpAuthUri uri) {
        String printed = uri.print();

        assertThat(OtpAuthUri.parse(printed)).isEqualTo(uri).hasSameHashCodeAs(uri);
        assertThat(printed).matches("[!-~]+").hasSizeLessThanOrEqualTo(OtpAuthUri.MAX_LENGTH);
    }

    @Property(tries = 300, seed = "31")
    @net.jqwik.api.Tag("S31")
    @net.jqwik.api.Tag("K1")
    @Label("java.net.URI reads the same names out of it")
    void otherReader(@ForAll("uris") OtpAuthUri uri) {
        URI read = URI.create(uri.print());

        assertThat(read.getPath())
                .isEqualTo("/" + uri.issuer().map(i -> i + ":").orElse("") + uri.account());
        assertThat(read.getFragment()).isNull();
        String issuer = uri.issuer().map(i -> "&issuer=" + i).orElse("");
        assertThat(read.getQuery()).startsWith("secret=" + uri.secret().toBase32() + issuer);
    }

    @Property(tries = 2000, seed = "31")
    @net.jqwik.api.Tag("S31")
    @Label("any names at all survive, or are refused with a reason that does not hold the secret")
    void anyNames(@ForAll("anyText") String issuer, @ForAll("anyText") String account) {
        Throwable refusal = catchThrowable(() -> {
            OtpAuthUri uri = OtpAuthUri.totp(issuer, account, SECRET, TOTP);
            assertThat(OtpAuthUri.parse(uri.print())).isEqualTo(uri);
            assertThat(uri.account()).isEqualTo(account.strip());
            assertThat(uri.issuer()).hasValue(issuer.strip());
        });

        if (refusal != null) {
            assertThat(refusal).isInstanceOf(InvalidOtpAuthUriException.class);
            assertThat(((InvalidOtpAuthUriException) refusal).reason()).isNotNull();
            assertThat(refusal.getMessage()).doesNotContain(SECRET.toBase32());
        }
    }

    @Provide
    Arbitrary<OtpAuthUri> uris() {
        Arbitrary<OtpSecret> secrets = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(64)
                .map(OtpSecret::ofBytes);
        Arbitrary<OtpParameters> totp = Combinators.combine(
                        Arbitraries.of(OtpAlgorithm.class),
                        Arbitraries.integers().between(1, 10),
                        Arbitraries.integers().between(1, 86_400))
                .as(OtpParameters.Totp::new);
        Arbitrary<OtpParameters> hotp = Combinators.combine(
                        Arbitraries.of(OtpAlgorithm.class),
                        Arbitraries.integers().between(1, 10))
                .as(OtpParameters.Hotp::new);
        // Any case, and digits and periods that Steam does not have.
        Arbitrary<String> steam = Arbitraries.of("Steam", "steam", "STEAM");
        Arbitrary<OtpParameters> common =
                Arbitraries.of(new OtpParameters.Steam(), TOTP, new OtpParameters.Totp(OtpAlgorithm.SHA1, 5, 30));
        return Combinators.combine(
                        Arbitraries.frequencyOf(Tuple.of(3, names()), Tuple.of(1, steam))
                                .optional(),
                        names(),
                        secrets,
                        Arbitraries.oneOf(totp, hotp, common),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .as((issuer, account, secret, parameters, counter) -> new OtpAuthUri(
                        issuer,
                        account,
                        secret,
                        parameters,
                        parameters instanceof OtpParameters.Hotp ? OptionalLong.of(counter) : OptionalLong.empty()));
    }

    private static Arbitrary<String> names() {
        Arbitrary<Integer> special = Arbitraries.of(
                "#?&%+ \"'<>/\\;@=.~-_|{}[]^`!$(),*".codePoints().boxed().toList());
        Arbitrary<Integer> marks = Arbitraries.of(0x200e, 0x200f, 0x202b, 0x2067, 0xa0, 0x200d, 0xfe0f, 0x301, 0xfffd);
        return Arbitraries.oneOf(
                        special,
                        marks,
                        between('A', 'z'),
                        between(0xc0, 0x17f),
                        between(0x400, 0x44f),
                        between(0x5d0, 0x5ea),
                        between(0x620, 0x64a),
                        between(0x905, 0x939),
                        between(0xe01, 0xe2e),
                        between(0x4e00, 0x4eff),
                        between(0xac00, 0xacff),
                        between(0x1f300, 0x1f64f))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(points -> points.stream().map(Character::toString).reduce("x", String::concat));
    }

    private static Arbitrary<Integer> between(int first, int last) {
        return Arbitraries.integers().between(first, last).filter(c -> c != ':');
    }

    @Provide
    Arbitrary<String> anyText() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20),
                Arbitraries.strings()
                        .withChars(":\u0000\n\t #?&%+\ud83d\ude00\u200f\"<")
                        .ofMaxLength(6),
                Arbitraries.strings()
                        .withCharRange('\u4e00', '\u4eff')
                        .ofMinLength(200)
                        .ofMaxLength(260),
                names());
    }

    @Test
    @Tag("K1")
    @DisplayName("if a realm is named Steam, its URI states the six digits of its codes")
    void calledSteam() {
        OtpAuthUri uri = OtpAuthUri.totp("Steam", "alice", SECRET, TOTP);
        assertThat(uri.parameters()).isEqualTo(TOTP);
        assertThat(uri.print()).isEqualTo("otpauth://totp/Steam:alice?secret=JBSWY3DPEHPK3PXP&issuer=Steam&digits=6");
        assertThat(OtpAuthUri.totp("Steam", "alice", SECRET, new OtpParameters.Totp(OtpAlgorithm.SHA1, 5, 30))
                        .parameters())
                .isEqualTo(new OtpParameters.Steam());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a#b",
                "somebody_example.org#EXT#@tenant.onmicrosoft.com",
                "a?b",
                "a&issuer=b",
                "100%",
                "%41",
                "a+b",
                "a b",
                "\ud83d\ude00\ud83c\udff4\udb40\udc67",
                "\u05e9\u05dc\u05d5\u05dd",
                "\u202bعربي\u202c",
                "\"><svg onload=alert(1)>",
                "'; DROP TABLE",
                "/../",
                "a=b",
                "e\u0301",
                "\u00e9"
            })
    @Tag("S31")
    @DisplayName("names that caused errors in other products are read back")
    void hardNames(String name) {
        OtpAuthUri uri = OtpAuthUri.totp(name, name, SECRET, TOTP);
        OtpAuthUri read = OtpAuthUri.parse(uri.print());

        assertThat(read.issuer()).hasValue(name);
        assertThat(read.account()).isEqualTo(name);
        assertThat(uri.print())
                .doesNotContain("<", ">", "\"", "'", "#", " ", "+")
                .doesNotContain("&issuer=b&");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a:b,NAME_HAS_COLON",
                "a\u0000b,NAME_HAS_CONTROL_CHARACTER",
                "a\tb,NAME_HAS_CONTROL_CHARACTER",
                "a\u0085b,NAME_HAS_CONTROL_CHARACTER",
                "a\ud83d,NAME_HAS_LONE_SURROGATE",
                "\ude00\ud83d,NAME_HAS_LONE_SURROGATE",
            })
    @Tag("S31")
    @Tag("K1")
    @DisplayName("a colon, a control character and a lone surrogate are refused in both names")
    void refusedNames(String name, Reason reason) {
        assertRefused(reason, name, "account");
        assertRefused(reason, "issuer", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u3000\t", "\u00a0", "\u200b\u200f"})
    @Tag("S31")
    @DisplayName("a name without visible characters is refused")
    void blankNames(String name) {
        assertRefused(Reason.ISSUER_BLANK, name, "account");
        assertRefused(Reason.ACCOUNT_BLANK, "issuer", name);
    }

    @Test
    @Tag("S31")
    @DisplayName("names of 255 characters are accepted and of 256 refused, and the length of the URI is limited")
    void longNames() {
        String longest = "a".repeat(255);
        OtpAuthUri uri = OtpAuthUri.totp(longest, longest, SECRET, TOTP);
        assertThat(OtpAuthUri.parse(uri.print())).isEqualTo(uri);
        assertRefused(Reason.NAME_TOO_LONG, longest + "a", "account");
        assertRefused(Reason.NAME_TOO_LONG, "issuer", longest + "a");
        // Nine characters for each of these, three times.
        assertRefused(Reason.TOO_LONG, "\u4e2d".repeat(255), "\u4e2d".repeat(255));
    }

    private static void assertRefused(Reason reason, String issuer, String account) {
        assertThatExceptionOfType(InvalidOtpAuthUriException.class)
                .isThrownBy(() -> OtpAuthUri.totp(issuer, account, SECRET, TOTP))
                .extracting(InvalidOtpAuthUriException::reason)
                .isEqualTo(reason);
    }

    @Test
    @Tag("K1")
    @DisplayName("white space around a name is removed")
    void stripped() {
        OtpAuthUri uri = OtpAuthUri.totp(" Example\n", "\talice ", SECRET, TOTP);
        assertThat(uri.issuer()).hasValue("Example");
        assertThat(uri.account()).isEqualTo("alice");
    }

    @Test
    @Tag("K2")
    @DisplayName("hotp needs a counter of 0 or more, and totp has none")
    void counters() {
        OtpParameters.Hotp hotp = new OtpParameters.Hotp(OtpAlgorithm.SHA1, 6);
        assertThat(OtpAuthUri.hotp("i", "a", SECRET, hotp, Long.MAX_VALUE).counter())
                .hasValue(Long.MAX_VALUE);
        assertCounterRefused(hotp, OptionalLong.empty());
        assertCounterRefused(hotp, OptionalLong.of(-1));
        assertCounterRefused(TOTP, OptionalLong.of(0));
    }

    private static void assertCounterRefused(OtpParameters parameters, OptionalLong counter) {
        assertThatExceptionOfType(InvalidOtpAuthUriException.class)
                .isThrownBy(() -> new OtpAuthUri(Optional.empty(), "a", SECRET, parameters, counter))
                .extracting(InvalidOtpAuthUriException::reason)
                .isEqualTo(Reason.COUNTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "tr"})
    @Tag("S28")
    @Tag("S31")
    @DisplayName("a URI is printed and read in the same way in every locale")
    void locales(String tag) {
        OtpAuthUri uri = OtpAuthUri.hotp("i", "a", SECRET, new OtpParameters.Hotp(OtpAlgorithm.SHA256, 8), 1234567890);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertThat(uri.print()).endsWith("&algorithm=SHA256&digits=8&counter=1234567890");
            assertThat(OtpAuthUri.parse(uri.print())).isEqualTo(uri);
            assertThat(OtpAuthUri.parse(uri.print().toUpperCase(Locale.ROOT)).parameters())
                    .isEqualTo(uri.parameters());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @Tag("H5")
    @Tag("A14")
    @DisplayName("toString shows the names but not the secret")
    void silent() {
        assertThat(OtpAuthUri.totp("Example", "alice", SECRET, TOTP).toString())
                .contains("Example", "alice", "OtpSecret[80 bits]")
                .doesNotContain(SECRET.toBase32(), "JBSW");
    }
}
