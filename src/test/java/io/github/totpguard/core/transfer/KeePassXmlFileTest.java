package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeePassXmlFileTest {

    @Test
    @DisplayName(
            "every form of codes in KeePass, KeePassXC and their plugins is read; history and passwords are skipped")
    void read() throws UnreadableImportException {
        Import read = Fixtures.read("keepass.xml");
        assertThat(read.format()).isEqualTo(Format.KEEPASS);
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read).subList(0, 7)).isEqualTo(Fixtures.ACCOUNTS);
        assertThat(Fixtures.accepted(read).get(7).secret()).isEqualTo(Fixtures.secret("8", 20));
        assertThat(read.items()).hasSize(8);
        assertThat(read.toString()).doesNotContain("not for us");
    }

    @ParameterizedTest
    @CsvSource({"TimeOtp-Secret,hello", "TimeOtp-Secret-Hex,68 65 6C 6c 6f", "TimeOtp-Secret-Base64,aGVsbG8="})
    @DisplayName("a secret is read as text, as hexadecimal digits and as Base64")
    void encodings(String key, String written) throws UnreadableImportException {
        OtpAuthUri account =
                Fixtures.accepted(read(entry("Title", "Shop", key, written))).get(0);
        assertThat(account.secret()).isEqualTo(OtpSecret.ofBytes("hello".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("a counter-based secret without a counter begins at 0")
    void counter() throws UnreadableImportException {
        Import read = read(entry("Title", "Shop", "HmacOtp-Secret-Base32", "JBSWY3DP")
                + entry("Title", "Shop", "otp", "key=JBSWY3DP&amp;type=Hotp"));
        assertThat(Fixtures.accepted(read))
                .extracting(OtpAuthUri::counter)
                .containsExactly(OptionalLong.of(0), OptionalLong.of(0));
    }

    @Test
    @DisplayName("a bare secret and the algorithm that KeeOtp names are read")
    void otp() throws UnreadableImportException {
        Import read = read(entry("Title", "Shop", "UserName", "ada", "otp", "JBSW Y3DP")
                + entry("Title", "Shop", "otp", "step=60&amp;key=JBSWY3DP&amp;otpHashMode=Sha512"));
        assertThat(Fixtures.accepted(read))
                .extracting(OtpAuthUri::parameters)
                .containsExactly(OtpParameters.Totp.DEFAULT, new OtpParameters.Totp(OtpAlgorithm.SHA512, 6, 60));
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).containsExactly("ada", "Shop");
    }

    @Test
    @DisplayName("an account that is stored in two forms is returned once, and another one beside it is kept")
    void twice() throws UnreadableImportException {
        Import read = read(entry("Title", "Shop", "otp", "JBSWY3DP", "TimeOtp-Secret-Base32", "jbswy3dp")
                + entry("Title", "Shop", "otp", "JBSWY3DP", "TOTP Seed", "JBSWY3DPEE"));
        assertThat(read.items()).hasSize(3);
    }

    @Test
    @DisplayName("an invalid value that changes the codes is refused, never replaced by the default")
    void refused() throws UnreadableImportException {
        Import read = read(entry("Title", "a", "TOTP Seed", "JBSWY3DP", "TOTP Settings", "6")
                + entry("Title", "b", "TimeOtp-Secret-Base32", "JBSWY3DP", "TimeOtp-Length", "six")
                + entry("Title", "c", "TimeOtp-Secret-Hex", "xyz")
                + entry("Title", "d", "HmacOtp-Secret", "x", "HmacOtp-Counter", "-1")
                + entry("Title", "e", "otp", "key=JBSWY3DP&amp;step=x")
                + entry("Title", "f", "otp", "key=JBSWY3DP&amp;encoding=Base85")
                + entry("Title", "g", "otp", "key=JBSWY3DP&amp;size=6&amp;size=8")
                + entry("Title", "h", "TimeOtp-Secret", "x".repeat(70_000)));
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(
                        Reason.PERIOD,
                        Reason.DIGITS,
                        Reason.SECRET,
                        Reason.COUNTER,
                        Reason.PERIOD,
                        Reason.SECRET,
                        Reason.URI,
                        Reason.SECRET);
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::name)
                .containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(read.toString()).doesNotContain("JBSWY3D").doesNotContain("xyz");
    }

    @Test
    @DisplayName("KeePassXC's placeholders for a missing user and title are not used as names")
    void standIns() throws UnreadableImportException {
        Import read = read(entry("Title", "Shop", "otp", "otpauth://totp/Shop:none?secret=JBSWY3DP&amp;issuer=Shop")
                + entry(
                        "Title",
                        "Shop",
                        "UserName",
                        "none",
                        "otp",
                        "otpauth://totp/Shop:none?secret=JBSWY3DP&amp;issuer=Shop")
                + entry("otp", "otpauth://totp/KeePassXC:none?secret=JBSWY3DP&amp;period=30&amp;issuer=KeePassXC"));
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).startsWith("Shop", "none");
        assertThat(read.toString()).doesNotContain("KeePassXC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version=\"1.0\"?><!DOCTYPE KeePassFile [<!ENTITY a \"b\">]><KeePassFile>&a;</KeePassFile>",
                "<!DOCTYPE KeePassFile SYSTEM \"file:///etc/hostname\"><KeePassFile></KeePassFile>",
                "<KeePassFile>&a;</KeePassFile>",
                "<KeePassFile>",
                "<KeePassFile><Root></KeePassFile>",
                "<KeePassFile>\u0001</KeePassFile>",
                "<KeePassFile/><KeePassFile/>",
                "<?xml version=\"1.1\" encoding=\"x-none\"?><KeePassFile>\ud800</KeePassFile>"
            })
    @DisplayName("entity declarations and malformed XML are refused without quoting them")
    void damaged(String text) {
        ImportReaderTest.assertUnreadable(UnreadableImportException.Reason.DAMAGED, text, Fixtures.NO_PASSWORD);
    }

    @Test
    @DisplayName("nesting is limited")
    void depth() {
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.TOO_DEEP,
                "<KeePassFile>" + "<Group>".repeat(64) + "</Group>".repeat(64) + "</KeePassFile>",
                Fixtures.NO_PASSWORD);
    }

    @Test
    @DisplayName("a thousand accounts are read, and one more is refused, beside any number of passwords")
    void items() throws UnreadableImportException {
        String password = entry("Title", "Shop", "Password", "x").repeat(5);
        String account = entry("Title", "Shop", "otp", "JBSWY3DP");
        assertThat(read(password + account.repeat(Import.MAX_ITEMS)).items()).hasSize(Import.MAX_ITEMS);
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.TOO_MANY_ITEMS,
                file(account.repeat(Import.MAX_ITEMS + 1)),
                Fixtures.NO_PASSWORD);
    }

    @Test
    @DisplayName("values that are still encrypted are reported, not read as secrets")
    void sealed() {
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.UNSUPPORTED_ENCRYPTION,
                file("<Entry><String><Key>otp</Key><Value Protected=\"True\">AAAA</Value></String></Entry>"),
                Fixtures.NO_PASSWORD);
    }

    private static Import read(String entries) throws UnreadableImportException {
        return ImportReader.read(List.of(file(entries)), Fixtures.NO_PASSWORD);
    }

    private static String file(String entries) {
        return "<?xml version=\"1.0\"?>\n<KeePassFile><Root><Group>" + entries + "</Group></Root></KeePassFile>";
    }

    private static String entry(String... strings) {
        StringBuilder entry = new StringBuilder("<Entry>");
        for (int i = 0; i < strings.length; i += 2) {
            entry.append("<String><Key>")
                    .append(strings[i])
                    .append("</Key><Value>")
                    .append(strings[i + 1]);
            entry.append("</Value></String>");
        }
        return entry.append("</Entry>").toString();
    }
}
