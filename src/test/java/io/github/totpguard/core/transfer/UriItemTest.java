package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.transfer.ImportItem.Accepted;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.ImportItem.Refused;
import io.github.totpguard.core.uri.ReadingNote;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriItemTest {

    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String S = "?secret=" + SECRET;

    @ParameterizedTest
    @CsvSource({
        // label, further parameters, issuer, account, whether the name was changed
        "A:b, , A, b, false",
        "A:b, &issuer=A, A, b, false",
        "b, &issuer=A, A, b, false",
        "b, , , b, false",
        "A:somebody_example.org#EXT#@t.onmicrosoft.com, , A, somebody_example.org#EXT#@t.onmicrosoft.com, false",
        "Air%20Canada:b, &issuer=Air+Canada, Air Canada, b, false",
        // Two issuers: apps show that of the parameter.
        "AWS:b, &issuer=Amazon+Web+Services, Amazon Web Services, b, true",
        "GitHub:b, &issuer=github, github, b, false",
        "A+B:b, &issuer=C+D, C+D, b, true",
        "Amazonia:b, &issuer=Amazon, Amazon, b, true",
        // A colon, with nothing or a space before it.
        ":b, , , b, false",
        ":b, &issuer=A, A, b, false",
        "A:b, &issuer=%20, A, b, false",
        // More colons than the separating one.
        "A:b:c, , A, b-c, true",
        "A:b:c, &issuer=A, A, b-c, true",
        "arn:aws:iam::1:mfa/x, &issuer=Amazon, Amazon, aws-iam--1-mfa/x, true",
        "A%3AB%3Ab, &issuer=A%3AB, A-B, b, true",
        "x:b, &issuer=A%3AB, A-B, b, true",
        // The account has no name.
        "'', &issuer=A, A, A, false",
        "A:, , A, A, false",
        "A:%20, &issuer=A, A, A, false",
        "a%0Ab, &issuer=A, A, a b, false"
    })
    @Tag("S31")
    @DisplayName("names from other apps are read")
    void names(String label, String parameters, String issuer, String account, boolean changed)
            throws UnreadableImportException {
        ImportItem item = Fixtures.item("otpauth://totp/" + label + S + (parameters == null ? "" : parameters));
        assertThat(item).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.account().issuer().orElse(null)).isEqualTo(issuer);
            assertThat(accepted.account().account()).isEqualTo(account);
            assertThat(accepted.account().secret().toBase32()).isEqualTo(SECRET);
            assertThat(accepted.notes().isEmpty()).isNotEqualTo(changed);
            assertThat(accepted.notes()).isSubsetOf(ReadingNote.NAME_CHANGED, ReadingNote.ISSUER_DIFFERS);
        });
    }

    @Test
    @DisplayName(
            "secrets with spaces and in lower case, another period, Steam, and white space around the line are read")
    void spellings() throws UnreadableImportException {
        assertThat(Fixtures.item("\t OTPAUTH://totp/a?secret=jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp&period=11 \r"))
                .isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(
                                accepted.account().parameters())
                        .isEqualTo(new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, 11)));
        for (String steam : List.of(
                "otpauth://steam/a" + S,
                "otpauth://totp/Steam:a" + S,
                "otpauth://totp/a" + S + "&encoder=steam",
                "otpauth://steam/A:b:c" + S)) {
            assertThat(Fixtures.item(steam)).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(
                            accepted.account().parameters())
                    .isEqualTo(new OtpParameters.Steam()));
        }
    }

    @ParameterizedTest
    @CsvSource({"24, true", "26, false"})
    @DisplayName("a secret under 128 bits is accepted with a note, in addition to other notes")
    void weak(int characters, boolean weak) throws UnreadableImportException {
        ImportItem item = Fixtures.item("otpauth://totp/A:b:c?secret=" + SECRET.substring(0, characters));
        assertThat(item).isInstanceOfSatisfying(Accepted.class, accepted -> assertThat(accepted.notes())
                .isEqualTo(
                        weak
                                ? List.of(ReadingNote.WEAK_SECRET, ReadingNote.NAME_CHANGED)
                                : List.of(ReadingNote.NAME_CHANGED)));
    }

    @Test
    @DisplayName("pictures and notes of other apps do not make a line too long, and long names are truncated")
    void length() throws UnreadableImportException {
        String emoji = "\ud83d\ude00".repeat(200);
        ImportItem item =
                Fixtures.item("otpauth://totp/A:" + emoji + S + "&codeDisplay=" + "x".repeat(5000) + "&digits=8");
        assertThat(item).isInstanceOfSatisfying(Accepted.class, accepted -> {
            assertThat(accepted.account().account()).isEqualTo("\ud83d\ude00".repeat(127));
            assertThat(accepted.account().parameters().digits()).isEqualTo(8);
            assertThat(accepted.notes()).containsExactly(ReadingNote.NAME_CHANGED);
        });
        String longest = "otpauth://totp/A:b" + S + "&x=";
        longest += "y".repeat((1 << 16) - longest.length());
        assertThat(Fixtures.item(longest)).isInstanceOf(Accepted.class);
        assertRefused(Reason.URI, "", longest + "y");
        // A surrogate pair is not split, whatever its position.
        assertThat(Fixtures.item("otpauth://totp/" + "a".repeat(254) + "\ud83d\ude00z" + S))
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.account().account()).isEqualTo("a".repeat(254)));
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_AN_ACCOUNT, '', https://example.org/?secret=x",
        "NOT_AN_ACCOUNT, '', " + SECRET,
        "TYPE, b, otpauth://yaotp/b" + S,
        "TYPE, '', otpauth://" + SECRET,
        "TYPE, b, otpauth:///b" + S,
        "TYPE, '', otpauth://?issuer=b&secret=" + SECRET,
        "SECRET, A:b, otpauth://totp/A:b?issuer=A",
        "SECRET, A:b, otpauth://totp/A:b?secret=0189",
        "SECRET, '', otpauth://totp/A:b",
        "SECRET, '', otpauth://totp/A:b&secret=" + SECRET + "?x",
        "ALGORITHM, b, otpauth://totp/b" + S + "&algorithm=MD5",
        "DIGITS, b, otpauth://totp/b" + S + "&digits=11",
        "PERIOD, b, otpauth://totp/b" + S + "&period=0",
        "COUNTER, b, otpauth://hotp/b" + S,
        "URI, b, otpauth://totp/b" + S + "&secret=GEZDGNBV",
        "URI, b%, otpauth://totp/b%" + S,
        "SECRET_IN_NAME, '', otpauth://totp/" + SECRET + S,
        "URI, b, otpauth://totp/b" + S + "&digts=8",
        "URI, b, otpauth://totp/b" + S + "&issuer=A;digits=8"
    })
    @DisplayName("the message for a refused line says why, and contains nothing of the secret")
    void refused(Reason reason, String name, String line) throws UnreadableImportException {
        List<ImportItem> items = ImportReader.read(
                        List.of("otpauth://totp/first" + S, line, "otpauth://totp/last" + S), Fixtures.NO_PASSWORD)
                .items();
        assertThat(items.get(0)).isInstanceOf(Accepted.class);
        assertThat(items.get(2)).isInstanceOf(Accepted.class);
        assertThat(items.get(1)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.name().replace("\u200b", "")).isEqualTo(name);
            assertThat(refused.message()).endsWith(".");
            assertThat(refused.toString()).doesNotContain(SECRET.substring(0, 8));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"otpauth://totp/a%0Db?secret=0", "otpauth://totp/b?secret=0%0A"})
    @DisplayName("line breaks of a file never appear in a message")
    void breaks(String line) throws UnreadableImportException {
        assertThat(Fixtures.item(line).toString()).doesNotContain("\n").doesNotContain("\r");
    }

    private static void assertRefused(Reason reason, String name, String line) throws UnreadableImportException {
        assertThat(Fixtures.item(line)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.name()).isEqualTo(name);
        });
    }
}
