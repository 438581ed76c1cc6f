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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtpAuthReaderTest {

    private static final String SECRET = "JBSWY3DPEHPK3PXP";
    private static final String S = "?secret=" + SECRET;

    /** Makes the secret long enough to be strong. */
    private static final String LONG = "JBSWY3DPEHPK3PXP";

    private static final OtpAuthUri EXAMPLE = new OtpAuthUri(
            Optional.of("Example"),
            "alice",
            OtpSecret.ofBase32(SECRET),
            OtpParameters.Totp.DEFAULT,
            OptionalLong.empty());

    private static OtpAuthUri read(String uri) {
        return OtpAuthReader.read(uri).account();
    }

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
    @Tag("K1")
    @Tag("K2")
    @Tag("K4")
    @DisplayName("other programs' spellings of a URI give the same account")
    void tolerated(String uri) {
        assertThat(read(uri)).isEqualTo(EXAMPLE);
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
    @Tag("K2")
    @DisplayName("other programs' names of algorithms are read")
    void algorithms(String name, OtpAlgorithm algorithm) {
        assertThat(read("otpauth://totp/a" + S + "&algorithm=" + name + "&digits=8&period=300")
                        .parameters())
                .isEqualTo(new OtpParameters.Totp(algorithm, 8, 300));
    }

    @Test
    @Tag("K2")
    @DisplayName("hotp is read with its counter, and its period is ignored")
    void hotp() {
        OtpAuthUri uri = read("otpauth://hotp/a" + S + "&counter=9007199254740990&digits=7&period=0");
        assertThat(uri.parameters()).isEqualTo(new OtpParameters.Hotp(OtpAlgorithm.SHA1, 7));
        assertThat(uri.counter()).hasValue(OtpParameters.Hotp.END_OF_COUNTERS - 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth://steam/Steam:alice" + S + "&issuer=Steam",
                "otpauth://STEAM/Steam:alice" + S,
                "otpauth://steam/Steam:alice" + S + "&issuer=Steam&algorithm=sha1&digits=5&period=30",
                "otpauth://steam/Steam:alice" + S + "&algorithm=SHA-1&digits=6&counter=-1",
                "otpauth://totp/Steam:alice" + S + "&period=30&digits=5&issuer=Steam&encoder=steam",
                "otpauth://totp/Steam:alice" + S + "&digits=6&encoder=STEAM",
                "otpauth://totp/Steam:alice" + S + "&issuer=Steam",
                "otpauth://totp/alice" + S + "&issuer=Steam&digits=5"
            })
    @Tag("K1")
    @DisplayName("Steam is recognised in the spellings of Aegis, ente, KeePassXC and the command-line tools")
    void steam(String uri) {
        OtpAuthUri read = read(uri);
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
    @Tag("K1")
    @DisplayName("Steam is not recognised if six digits are requested, with another issuer, or with a counter")
    void notSteam(String uri) {
        assertThat(read(uri).parameters())
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
    @Tag("S31")
    @Tag("K1")
    @DisplayName("escaped and unescaped labels are read")
    void labels(String uri, String issuer, String account) {
        OtpAuthUri read = read(uri + S);
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
    @Tag("S31")
    @Tag("K1")
    @DisplayName("a plus sign in the issuer is a space only if the label shows it")
    void plus(String label, String parameter, String issuer) {
        assertThat(read("otpauth://totp/" + label + S + "&issuer=" + parameter).issuer())
                .hasValue(issuer);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(Reason.TOO_LONG, "otpauth://totp/a" + S + "&x=" + "y".repeat(1 << 16)),
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
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&SECRET=GEZDGNBV"),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&issuer=a&issuer=b"),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&digits=6&digits=8"),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&digits=6&digit=8"),
                refused(Reason.DUPLICATE_PARAMETER, "otpauth://totp/a" + S + "&amp;secret=GEZDGNBV"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&digts=8"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&Digits[]=8"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&otp_digits=8"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&peroid=60"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&periods=60"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&algorithim=SHA256"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&algor=SHA256"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&secret2=GEZDGNBV"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://totp/a" + S + "&encode=steam"),
                refused(Reason.SIMILAR_PARAMETER, "otpauth://hotp/a" + S + "&count=3"),
                refused(Reason.EMBEDDED, "otpauth://totp/a" + S + "&issuer=A,otpauth://totp/b?secret=GEZDGNBV"),
                refused(Reason.EMBEDDED, "otpauth://totp/a" + S + "&issuer=otpauth%3A%2F%2Ftotp%2Fb"),
                refused(Reason.EMBEDDED, "otpauth://totp/a" + S + "&image=otpauth://totp/b?secret=GEZDGNBV"),
                refused(Reason.EMBEDDED, "otpauth://totp/a" + S + "&issuer=A;digits=8"),
                refused(Reason.EMBEDDED, "otpauth://totp/a" + S + "&issuer=A%26digits%3D8"),
                refused(Reason.EMBEDDED, "otpauth://totp/a" + S + "&issuer=A#period=60"),
                refused(Reason.EMBEDDED, "otpauth://totp/a" + S + "&lock=1;digits=8"),
                refused(Reason.EMBEDDED, "otpauth://totp/a%3Fsecret%3DGEZDGNBV" + S),
                refused(Reason.EMBEDDED, "otpauth://totp/otpauth-migration:%2F%2Foffline" + S),
                refused(Reason.SECRET_IN_NAME, "otpauth://totp/a" + S + "&issuer=" + SECRET),
                refused(Reason.SECRET_IN_NAME, "otpauth://totp/" + SECRET + S),
                refused(Reason.SECRET_IN_NAME, "otpauth://totp/a" + S + "&issuer=A%20jbsw%20y3dp%20ehpk%203pxp"),
                refused(Reason.SECRET_IN_NAME, "otpauth://totp/a" + S + "&issuer=A%20JBSW-Y3DP-EHPK-3PXP"),
                refused(Reason.SECRET_IN_NAME, "otpauth://totp/a:b%20GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" + S),
                refused(Reason.SECRET_IN_NAME, "otpauth://totp/a:gezdgnbvgy3tqojqgezdgnbvgy3tqojq" + S),
                refused(Reason.TYPE, "otpauth://totp/a" + S + "&encoder=yandex"),
                refused(Reason.DIGITS, "otpauth://steam/a" + S + "&digits=8"),
                refused(Reason.PERIOD, "otpauth://steam/a" + S + "&period=60"),
                refused(Reason.ALGORITHM, "otpauth://totp/a" + S + "&encoder=steam&algorithm=SHA256"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?secret"),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?secret="),
                refused(Reason.SECRET_MISSING, "otpauth://totp/a?secret=%20"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=---"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=A"),
                refused(Reason.SECRET_INVALID, "otpauth://totp/a?secret=JBSWY3DPEHPK3PX1"),
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
                refused(Reason.COUNTER, "otpauth://hotp/a" + S + "&counter=9007199254740991"),
                refused(Reason.COUNTER, "otpauth://hotp/a" + S + "&counter=9223372036854775807"),
                refused(Reason.COUNTER, "otpauth://hotp/a" + S + "&counter=9223372036854775808"));
    }

    private static Arguments refused(Reason reason, String uri) {
        return Arguments.of(reason, uri);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("refused")
    @Tag("S29")
    @Tag("S31")
    @Tag("K1")
    @Tag("K2")
    @DisplayName("an unclear URI is refused with its reason")
    void refusedUris(Reason reason, String uri) {
        assertThatExceptionOfType(InvalidOtpAuthUriException.class)
                .isThrownBy(() -> read(uri))
                .withNoCause()
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e.getMessage()).isNotBlank().matches("[ -~]*").doesNotContain("JBSW");
                });
    }

    @Test
    @Tag("S31")
    @DisplayName("every reason can occur; names are adapted to fit into a URI, so only the constructor refuses them")
    void everyReason() {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        refused().forEach(arguments -> reasons.add((Reason) arguments.get()[0]));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(reasons)))
                .containsExactly(
                        Reason.ACCOUNT_BLANK,
                        Reason.ISSUER_BLANK,
                        Reason.NAME_HAS_COLON,
                        Reason.NAME_HAS_CONTROL_CHARACTER,
                        Reason.NAME_HAS_LONE_SURROGATE,
                        Reason.NAME_TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                // label, further parameters, issuer, account, notes
                "Contoso%3Auser%40contoso.example | &issuer=Microsoft | Microsoft | user@contoso.example | ISSUER_DIFFERS",
                "Contoso:user | &issuer=Microsoft | Microsoft | user | ISSUER_DIFFERS",
                "GitHub:user | &issuer=github | github | user | ",
                "A+B:a | &issuer=A%20B | A B | a | ISSUER_DIFFERS",
                "AWS:a | &issuer=Amazon+Web+Services | Amazon Web Services | a | ISSUER_DIFFERS",
                "a:b:c | | a | b-c | NAME_CHANGED",
                "Contoso:DOMAIN:user | &issuer=Contoso | Contoso | DOMAIN-user | NAME_CHANGED",
                "A%3AB:c | | A-B | c | NAME_CHANGED",
                "A%3AB%3Ac | &issuer=A%3AB | A-B | c | NAME_CHANGED",
                "a | &issuer=AT&T | AT&T | a | ",
                "a | &issuer=Marks & Spencer | Marks & Spencer | a | ",
                "a | &issuer=%E2%80%8B | | a | ",
                ":null | | | Unnamed account | NAME_MISSING",
                "null:null | &issuer=null | | Unnamed account | NAME_MISSING",
                "'' | | | Unnamed account | NAME_MISSING",
                "Example:%20 | | Example | Example | ",
                "a%00b | | | a b | ",
                "o&#39;hara | &amp;issuer=A&amp;amp;amp;B | A&B | o'hara | HTML_ESCAPES"
            },
            delimiter = '|')
    @Tag("S48")
    @Tag("S51")
    @Tag("S54")
    @Tag("K5")
    @DisplayName("names of other programs are read, with a note if they were read differently")
    void names(String label, String parameters, String issuer, String account, String note) {
        AccountReading reading =
                OtpAuthReader.read("otpauth://totp/" + label + S + LONG + (parameters == null ? "" : parameters));
        assertThat(reading.account().issuer().orElse(null)).isEqualTo(issuer);
        assertThat(reading.account().account()).isEqualTo(account);
        assertThat(reading.notes().stream().map(Enum::name).toList())
                .isEqualTo(note == null ? List.of() : List.of(note));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "&amp;digits=8&amp;period=60 | SHA1 | 8 | 60 | HTML_ESCAPES",
                "&#38;digits=8&#x26;period=60 | SHA1 | 8 | 60 | HTML_ESCAPES",
                "&digit=8&interval=60 | SHA1 | 8 | 60 | PARAMETER_SPELLING",
                "&DIGITS=8&Period=60 | SHA1 | 8 | 60 | ",
                "& digits =%208&period=060 | SHA1 | 8 | 60 | ",
                "&digits=8&digits=8&period=60 | SHA1 | 8 | 60 | ",
                "&algo=sha256&digits=8&period=60 | SHA256 | 8 | 60 | PARAMETER_SPELLING",
                "&algorithm=Algorithm.sha512&digits=8&period=60 | SHA512 | 8 | 60 | ALGORITHM_SPELLING",
                "&algorithm=HmacSHA256&digits=8&period=60 | SHA256 | 8 | 60 | ALGORITHM_SPELLING",
                "&algorithm=SHA-1&digits=8&period=60 | SHA1 | 8 | 60 | ALGORITHM_SPELLING"
            },
            delimiter = '|')
    @Tag("S51")
    @Tag("K2")
    @DisplayName("a parameter that changes the code is respected in every clear spelling")
    void parameters(String parameters, OtpAlgorithm algorithm, int digits, int period, String note) {
        AccountReading reading = OtpAuthReader.read("otpauth://totp/a" + S + LONG + parameters);
        assertThat(reading.account().parameters()).isEqualTo(new OtpParameters.Totp(algorithm, digits, period));
        assertThat(reading.notes().stream().map(Enum::name).toList())
                .isEqualTo(note == null ? List.of() : List.of(note));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jbswy3dpehpk3pxp",
                "JBSW+Y3DP+EHPK+3PXP",
                "JBSW%20Y3DP%20EHPK%203PXP",
                "JBSWY3DPEHPK3PXP===",
                "jbsw-y3dp-ehpk-3pxp%3D"
            })
    @Tag("S51")
    @DisplayName("a secret with padding, with spaces or in lower case is read with a note, and one of 80 bits is weak")
    void secrets(String secret) {
        AccountReading reading = OtpAuthReader.read("otpauth://totp/a?secret=" + secret);
        assertThat(reading.account().secret()).isEqualTo(OtpSecret.ofBase32(SECRET));
        assertThat(reading.notes()).containsExactly(ReadingNote.WEAK_SECRET, ReadingNote.SECRET_SPELLING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "christopherjones27", "CHRISTOPHER.JONES@EXAMPLE.ORG", "a@b.onmicrosoft.com",
                        "john doe from the city of york",
                "1234-5678-9012-3456", "f47ac10b-58cc-4372-a567-0e02b2c3d479", "the algorithm company",
                        "+49 170 2345678"
            })
    @Tag("S50")
    @DisplayName("real names are not mistaken for secrets")
    void peoplesNames(String name) {
        assertThat(read("otpauth://totp/" + PercentEncoding.encode(name) + S + LONG)
                        .account())
                .isEqualTo(name);
    }

    @Test
    @DisplayName("a URI that this product printed is read back, whatever the names of its users")
    void ours() {
        OtpAuthUri uri = OtpAuthUri.totp(
                "null",
                "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ secret=x&amp;",
                OtpSecret.ofBase32(SECRET),
                OtpParameters.Totp.DEFAULT);
        assertThat(OtpAuthUri.parse(uri.print())).isEqualTo(uri);
        assertThatExceptionOfType(InvalidOtpAuthUriException.class).isThrownBy(() -> read(uri.print()));
    }

    @ParameterizedTest
    @CsvSource({
        "&digits=11, 'The parameter digits is a number from 1 to 10, not 11'",
        "&period=0, 'The parameter period is a number from 1 to 86400, not 0'",
        "&digts=8, 'A parameter is not called digits, but nearly: correct its name or remove it'"
    })
    @Tag("K2")
    @Tag("A14")
    @DisplayName("the message contains what was expected and what was found, on one line")
    void messages(String parameter, String message) {
        assertThatExceptionOfType(InvalidOtpAuthUriException.class)
                .isThrownBy(() -> read("otpauth://totp/Example:alice" + S + parameter))
                .withMessage(message);
    }

    @Test
    @DisplayName("65,536 characters are read, because some apps put pictures into a parameter")
    void longest() {
        String uri = "otpauth://totp/Example:alice" + S + "&x=";
        assertThat(read(uri + "y".repeat(OtpAuthReader.MAX_LENGTH - uri.length())))
                .isEqualTo(EXAMPLE);
        assertThatNullPointerException().isThrownBy(() -> read(null));
    }

    @Property(tries = 3000, seed = "31")
    @net.jqwik.api.Tag("S31")
    @Label("a damaged URI is read or refused, and the refusal never holds the secret")
    void damaged(@ForAll("damagedUris") String uri) {
        try {
            OtpAuthUri read = read(uri);
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
