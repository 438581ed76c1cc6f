package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.transfer.Import.Batch;
import io.github.totpguard.core.transfer.ImportItem.Accepted;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.AccountNames;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationPartTest {

    private static final byte[] SECRET = "twenty bytes of them".getBytes(StandardCharsets.US_ASCII);
    // Those of the seven accounts that the app supports, in order: 6 or 8 digits, 30 seconds.
    private static final List<OtpAuthUri> ACCOUNTS =
            List.of(Fixtures.ACCOUNTS.get(0), Fixtures.ACCOUNTS.get(3), Fixtures.ACCOUNTS.get(5));

    private final List<String> codes = Fixtures.text("google.txt").lines().toList();

    @Test
    @DisplayName("two QR codes of one export give one import, in any order, even if one is scanned twice")
    void merged() throws UnreadableImportException {
        Import read = ImportReader.read(List.of(codes.get(1), codes.get(0), codes.get(1)), Fixtures.NO_PASSWORD);
        assertThat(read.format()).isEqualTo(Format.OTPAUTH_MIGRATION);
        assertThat(Fixtures.accepted(read)).isEqualTo(ACCOUNTS);
        assertThat(read.items()).hasSize(3);
        assertThat(read.batch()).hasValue(new Batch(2, List.of(1, 2), List.of()));
        assertThat(read.batch().orElseThrow().complete()).isTrue();
    }

    @Test
    @DisplayName("a missing QR code is reported, and the other one is still read")
    void missing() throws UnreadableImportException {
        Import read = ImportReader.read(List.of(codes.get(1)), Fixtures.NO_PASSWORD);
        assertThat(Fixtures.accepted(read)).isEqualTo(ACCOUNTS.subList(2, 3));
        assertThat(read.batch()).hasValue(new Batch(2, List.of(2), List.of(1)));
    }

    @Test
    @DisplayName("for codes of two exports, the incomplete one is reported; a list may be added")
    void twoExports() throws UnreadableImportException {
        String other = uri(part(account(1, 1, 2), 3, 1, 99));
        Import read = ImportReader.read(
                List.of(codes.get(0) + "\n" + codes.get(1), other, "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"),
                Fixtures.NO_PASSWORD);
        assertThat(read.items()).hasSize(5);
        assertThat(read.batch()).hasValue(new Batch(3, List.of(2), List.of(1, 3)));
        assertThat(read.format()).isEqualTo(Format.OTPAUTH_MIGRATION);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, SHA1, 6, false",
        "1, 1, 2, SHA1, 6, false",
        "2, 2, 2, SHA256, 8, false",
        "3, 1, 1, SHA512, 6, true",
    })
    @DisplayName("algorithm, digits and type are read from their numbers; 0 stands for the default")
    void numbers(int algorithm, int digits, int type, OtpAlgorithm hmac, int length, boolean counted)
            throws UnreadableImportException {
        OtpAuthUri account =
                Fixtures.accepted(read(account(algorithm, digits, type))).get(0);
        assertThat(account.parameters().algorithm()).isEqualTo(hmac);
        assertThat(account.parameters().digits()).isEqualTo(length);
        assertThat(account.parameters() instanceof OtpParameters.Hotp).isEqualTo(counted);
        assertThat(account.secret().toBytes()).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "ALGORITHM, 4, 1, 2",
        "ALGORITHM, 5, 1, 2",
        "ALGORITHM, 9223372036854775807, 1, 2",
        "ALGORITHM, -1, 1, 2",
        "DIGITS, 1, 3, 2",
        "TYPE, 1, 1, 3"
    })
    @DisplayName("MD5 and unknown numbers are refused, and nothing else is lost")
    void refused(Reason reason, long algorithm, long digits, long type) throws UnreadableImportException {
        byte[] payload = join(account(1, 1, 2), account(algorithm, digits, type), account(1, 1, 2));
        Import read = read(payload);
        assertThat(Fixtures.accepted(read)).hasSize(2);
        assertThat(Fixtures.refused(read)).singleElement().satisfies(item -> {
            assertThat(item.reason()).isEqualTo(reason);
            assertThat(item.name()).isEqualTo("ada");
        });
    }

    @Test
    @DisplayName(
            "a damaged account and one without a secret are refused; accounts without a name or with a period are read")
    void items() throws UnreadableImportException {
        byte[] damaged = field(1, join(field(2, "broken".getBytes(StandardCharsets.UTF_8)), new byte[] {10, 50, 1}));
        byte[] noSecret = field(1, field(2, "b".getBytes(StandardCharsets.UTF_8)));
        byte[] noName = field(1, field(1, SECRET));
        byte[] period = field(1, join(field(1, SECRET), field(3, new byte[] {'I'}), number(8, 45)));
        byte[] id = field(1, join(field(1, SECRET), field(3, new byte[] {'I'}), field(8, new byte[] {'5'})));
        Import read = read(join(account(1, 1, 2), damaged, noSecret, noName, period, id));
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(Reason.DAMAGED, Reason.SECRET);
        assertThat(Fixtures.refused(read).get(0).name()).isEqualTo("broken");
        assertThat(Fixtures.accepted(read))
                .extracting(account -> ((OtpParameters.Totp) account.parameters()).periodSeconds())
                .containsExactly(30, 30, 45, 30);
        // The service's name replaces a missing account name.
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).contains(AccountNames.UNNAMED, "I");
    }

    @Test
    @DisplayName(
            "Base64 is read if plus signs became spaces, with the URL-safe alphabet, without padding, and unescaped")
    void base64() throws UnreadableImportException {
        // 0xfb 0xff and similar bytes, so that the text contains a plus sign and a slash.
        byte[] secret = new byte[20];
        Arrays.fill(secret, (byte) 0xfb);
        secret[7] = (byte) 0xff;
        String text = Base64.getEncoder().encodeToString(field(1, join(field(1, secret), field(2, new byte[] {'n'}))));
        assertThat(text).contains("+").contains("/");
        String web = text.replace('+', '-').replace('/', '_').replace("=", "");
        for (String data : List.of(
                text,
                text.replace('+', ' '),
                text.replace("=", ""),
                web,
                URLEncoder.encode(text, StandardCharsets.UTF_8),
                text + "&x=y")) {
            Import read = ImportReader.read(List.of("OTPAUTH-MIGRATION://offline?data=" + data), Fixtures.NO_PASSWORD);
            assertThat(Fixtures.accepted(read).get(0).secret().toBytes()).isEqualTo(secret);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otpauth-migration://offline",
                "otpauth-migration://offline?x=y",
                "otpauth-migration://offline?data=%",
                "otpauth-migration://offline?data=A",
                "otpauth-migration://offline?data=*",
                "otpauth-migration://offline?data=CiQK",
                "otpauth-migration://offline?data=////////////////"
            })
    @DisplayName("if the only QR code is damaged, nothing can be read; beside others, it is reported")
    void damaged(String uri) throws UnreadableImportException {
        ImportReaderTest.assertUnreadable(UnreadableImportException.Reason.DAMAGED, uri, Fixtures.NO_PASSWORD);
        Import read = ImportReader.read(List.of(uri, codes.get(0)), Fixtures.NO_PASSWORD);
        assertThat(Fixtures.accepted(read)).hasSize(2);
        assertThat(Fixtures.refused(read)).singleElement().satisfies(item -> assertThat(item.reason())
                .isEqualTo(Reason.DAMAGED));
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "2, -1", "1001, 0", "9223372036854775807, 1"})
    @DisplayName("impossible numbers of parts are refused")
    void impossible(long size, long index) {
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.DAMAGED,
                uri(part(account(1, 1, 2), size, index, 7)),
                Fixtures.NO_PASSWORD);
    }

    @Test
    @Tag("S46")
    @DisplayName("a thousand accounts in the codes of an export are read, and one more is refused")
    void bound() throws UnreadableImportException {
        ByteArrayOutputStream half = new ByteArrayOutputStream();
        for (int i = 0; i < Import.MAX_ITEMS / 2; i++) {
            half.writeBytes(account(1, 1, 2));
        }
        String first = uri(part(half.toByteArray(), 3, 0, 7));
        String second = uri(part(half.toByteArray(), 3, 1, 7));
        String third = uri(part(account(1, 1, 2), 3, 2, 7));
        assertThat(ImportReader.read(List.of(first, second), Fixtures.NO_PASSWORD)
                        .items())
                .hasSize(Import.MAX_ITEMS)
                .allMatch(Accepted.class::isInstance);
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.TOO_MANY_ITEMS, List.of(first, second, third), Fixtures.NO_PASSWORD);
    }

    @Test
    @Tag("S46")
    @DisplayName("more than a thousand accounts in one code, and more than a thousand codes, are refused")
    void oneCode() throws UnreadableImportException {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i <= Import.MAX_ITEMS; i++) {
            many.writeBytes(account(1, 1, 2));
        }
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.TOO_MANY_ITEMS, uri(many.toByteArray()), Fixtures.NO_PASSWORD);
        List<String> empty = IntStream.range(0, Import.MAX_ITEMS)
                .mapToObj(i -> uri(part(new byte[0], Import.MAX_ITEMS, i, 7)))
                .toList();
        assertThat(ImportReader.read(empty, Fixtures.NO_PASSWORD).batch().orElseThrow())
                .returns(Import.MAX_ITEMS, Batch::parts)
                .returns(true, Batch::complete);
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.TOO_MANY_ITEMS,
                String.join("\n", empty) + "\n" + uri(part(new byte[0], 1, 0, 8)),
                Fixtures.NO_PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, Integer.MAX_VALUE})
    @DisplayName("of two exports the incomplete one is reported, in either order")
    void incomplete(long id) throws UnreadableImportException {
        String whole = uri(part(account(1, 1, 2), 1, 0, 500));
        String half = uri(part(account(1, 1, 2), 2, 0, id));
        assertThat(ImportReader.read(List.of(whole, half), Fixtures.NO_PASSWORD).batch())
                .hasValue(new Batch(2, List.of(1), List.of(2)));
    }

    @ParameterizedTest
    @CsvSource({"1024, true", "1025, false"})
    @DisplayName("a secret of the maximum length is read")
    void longSecret(int bytes, boolean possible) throws UnreadableImportException {
        byte[] account = field(1, join(field(1, new byte[bytes]), field(2, new byte[] {'n'})));
        assertThat(read(account).items())
                .singleElement()
                .isInstanceOf(possible ? Accepted.class : ImportItem.Refused.class);
    }

    @Test
    @Tag("A14")
    @DisplayName("toString shows the number of the part and none of its data")
    void text() throws RefusalException {
        assertThat(MigrationPart.read(uri(part(account(1, 1, 2), 3, 1, 7)))).hasToString("MigrationPart[2 of 3]");
    }

    private static Import read(byte[] payload) throws UnreadableImportException {
        return ImportReader.read(List.of(uri(payload)), Fixtures.NO_PASSWORD);
    }

    private static String uri(byte[] payload) {
        return "otpauth-migration://offline?data="
                + URLEncoder.encode(Base64.getEncoder().encodeToString(payload), StandardCharsets.UTF_8);
    }

    private static byte[] account(long algorithm, long digits, long type) {
        return field(
                1,
                join(
                        field(1, SECRET),
                        field(2, "ada".getBytes(StandardCharsets.UTF_8)),
                        number(4, algorithm),
                        number(5, digits),
                        number(6, type),
                        number(7, 5)));
    }

    private static byte[] part(byte[] accounts, long size, long index, long id) {
        return join(accounts, number(2, 1), number(3, size), number(4, index), number(5, id));
    }

    private static byte[] number(int field, long value) {
        return join(varint(field << 3), varint(value));
    }

    private static byte[] field(int field, byte[] content) {
        return join(varint(field << 3 | 2), varint(content.length), content);
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
