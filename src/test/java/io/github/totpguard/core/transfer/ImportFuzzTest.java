package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

/** Every input gives a result or one known exception, and neither reveals anything of a secret. */
class ImportFuzzTest {

    private static final List<String> FILES = List.of(
            "otpauth-list.txt",
            "ente-plain.txt",
            "google.txt",
            "aegis-plain.json",
            "2fas-plain.2fas",
            "bitwarden.json",
            "bitwarden-authenticator.json",
            "bitwarden-authenticator.csv",
            "proton-plain.json",
            "raivo.json",
            "2fauth.json",
            "2fauth-uris.json",
            "freeotp-plus.json",
            "1password.data",
            "keepassxc.csv",
            "keepass.xml",
            "aegis-encrypted.json",
            "2fas-encrypted.2fas",
            "ente-encrypted.json",
            "proton-encrypted.json",
            "stratum.json",
            "andotp.json",
            "freeotp1-tokens.xml");

    private static final List<String> BINARY_FILES = List.of(
            "stratum-encrypted.stratum",
            "stratum-legacy.authpro",
            "andotp.json.aes",
            "andotp-old.json.aes",
            "freeotp2-externalBackup.xml",
            "1password.1pux",
            "raivo.zip");

    // A file with more expensive parameters is refused, so that the tests do not spend their time on deriving keys.
    private static final KdfBound CHEAP = new KdfBound(1 << 20, 1 << 20, 20_000);

    private static final Pattern SECRETS = Pattern.compile(
            Fixtures.ACCOUNTS.stream()
                    .map(account -> account.secret().toBase32().substring(0, 12))
                    .reduce((a, b) -> a + "|" + b)
                    .orElseThrow(),
            Pattern.CASE_INSENSITIVE);

    @Property(tries = 2000)
    @Tag("S31")
    @Label("any text at all")
    void anyText(@ForAll String text) {
        assertDefined(text);
    }

    @Property(tries = 2000)
    @Tag("S31")
    @Label("any bytes at all, as a QR code of an export")
    void anyBytes(@ForAll byte[] bytes) {
        assertDefined(
                "otpauth-migration://offline?data=" + Base64.getUrlEncoder().encodeToString(bytes));
        assertDefined(new String(bytes, StandardCharsets.ISO_8859_1));
        assertDefined(ImportReader.contentOf(bytes));
    }

    @Property(tries = 1500)
    @Tag("S31")
    @Label("a good file that is no text, with some of its bytes replaced, or cut off, or begun too late")
    void mutatedBytes(@ForAll("binaries") byte[] file, @ForAll int place, @ForAll byte value, @ForAll byte other) {
        byte[] changed = file.clone();
        // Most decisions of a reader depend on the beginning of the file.
        int at = Math.floorMod(place, place % 2 == 0 ? changed.length - 1 : 128);
        changed[at] = value;
        changed[at + 1] = other;
        assertDefined(ImportReader.contentOf(changed));
        assertDefined(ImportReader.contentOf(Arrays.copyOf(file, at)));
        assertDefined(ImportReader.contentOf(Arrays.copyOfRange(file, at, file.length)));
    }

    @Property(tries = 1500)
    @Tag("S31")
    @Label("a good file with some of its text replaced")
    void mutated(@ForAll("mutations") Tuple3<String, Integer, String> mutation) {
        String file = mutation.get1();
        int at = mutation.get2() % file.length();
        String with = mutation.get3();
        assertDefined(file.substring(0, at) + with + file.substring(Math.min(file.length(), at + with.length())));
        assertDefined(file.substring(0, at) + with + file.substring(at));
    }

    @Property(tries = 1000)
    @Tag("S31")
    @Label("a good file that ends too soon, or begins too late")
    void truncated(@ForAll("mutations") Tuple3<String, Integer, String> mutation) {
        String file = mutation.get1();
        int at = mutation.get2() % file.length();
        assertDefined(file.substring(0, at));
        assertDefined(file.substring(at));
    }

    @Property(tries = 3000)
    @Tag("S31")
    @Label("a good QR code of an export with some of its bytes replaced")
    void mutatedCode(@ForAll("codes") byte[] payload, @ForAll int place, @ForAll byte value, @ForAll byte other) {
        byte[] changed = payload.clone();
        int at = Math.floorMod(place, changed.length);
        changed[at] = value;
        changed[(at + 1) % changed.length] = other;
        assertDefined(
                "otpauth-migration://offline?data=" + Base64.getUrlEncoder().encodeToString(changed));
    }

    @Provide
    Arbitrary<byte[]> codes() {
        return Arbitraries.of(Fixtures.text("google.txt").lines().toList()).map(line -> Base64.getDecoder()
                .decode(line.substring(line.indexOf('=') + 1)
                        .replace("%2B", "+")
                        .replace("%2F", "/")
                        .replace("%3D", "=")));
    }

    @Provide
    Arbitrary<byte[]> binaries() {
        return Arbitraries.of(BINARY_FILES).map(Fixtures::bytes);
    }

    @Provide
    Arbitrary<Tuple3<String, Integer, String>> mutations() {
        Arbitrary<String> texts = Arbitraries.of(FILES).map(Fixtures::text);
        Arbitrary<String> with = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(5),
                Arbitraries.of(
                        "\"",
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "null",
                        "-1",
                        "1e9",
                        "99999999999999999999",
                        "\\u0000",
                        "%",
                        "%00",
                        "%ff",
                        "&",
                        "=",
                        "?",
                        "#",
                        "/",
                        "\n",
                        "\ud83d",
                        "otpauth://",
                        "<",
                        ">",
                        "&a;",
                        "<![CDATA[",
                        "<!DOCTYPE a>",
                        "<?",
                        ";",
                        "secret",
                        "true"));
        return Combinators.combine(texts, Arbitraries.integers().between(0, 1 << 20), with)
                .as(Tuple::of);
    }

    private static void assertDefined(String text) {
        for (Optional<char[]> password : List.of(Fixtures.NO_PASSWORD, Fixtures.password())) {
            try {
                Import read = ImportReader.read(List.of(text), password, Fixtures.bound(CHEAP));
                assertThat(read.items()).hasSizeLessThanOrEqualTo(Import.MAX_ITEMS);
                assertTellsNothing(read.toString());
                assertThat(Exports.otpauthList(Fixtures.accepted(read)).lines())
                        .hasSize(Fixtures.accepted(read).size());
            } catch (UnreadableImportException e) {
                assertTellsNothing(e.toString());
                assertThat(e).hasNoCause();
            }
        }
    }

    private static void assertTellsNothing(String text) {
        assertThat(SECRETS.matcher(text).find()).isFalse();
    }
}
