package io.github.totpguard.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFileTest {

    @Test
    @DisplayName(
            "KeePassXC's quotes, commas and line breaks in cells are read; its placeholder none is not a user name")
    void keePassXc() throws UnreadableImportException {
        Import read = Fixtures.read("keepassxc.csv");
        assertThat(read.format()).isEqualTo(Format.KEEPASS);
        assertThat(Fixtures.refused(read)).isEmpty();
        List<OtpAuthUri> accounts = Fixtures.accepted(read);
        assertThat(accounts.subList(0, 3)).isEqualTo(Fixtures.ACCOUNTS.subList(0, 3));
        assertThat(accounts.get(3)).isEqualTo(Fixtures.ACCOUNTS.get(6));
        assertThat(accounts.get(4).account()).isEqualTo("Nameless");
        assertThat(accounts).hasSize(5);
        assertThat(read.toString()).doesNotContain("for us");
    }

    @Test
    @Tag("S54")
    @DisplayName(
            "Bitwarden Authenticator's nine columns under six headings are read, and names contain no HTML escapes")
    void bitwardenAuthenticator() throws UnreadableImportException {
        Import read = Fixtures.read("bitwarden-authenticator.csv");
        assertThat(read.format()).isEqualTo(Format.BITWARDEN);
        assertBitwardenAuthenticator(read);
    }

    static void assertBitwardenAuthenticator(Import read) {
        assertThat(Fixtures.refused(read)).isEmpty();
        List<OtpAuthUri> accounts = Fixtures.accepted(read);
        assertThat(accounts.subList(0, 3)).isEqualTo(Fixtures.ACCOUNTS.subList(0, 3));
        assertThat(accounts.get(3).issuer()).contains("Kettle");
        assertThat(accounts.get(3).secret()).isEqualTo(Fixtures.ACCOUNTS.get(6).secret());
        assertThat(accounts.get(4).issuer()).contains("O'Brien & Sons");
        assertThat(accounts.get(4).account()).isEqualTo("o'hara");
        assertThat(accounts).hasSize(5);
    }

    @Test
    @Tag("S54")
    @DisplayName("a comma in an unquoted name of Bitwarden Authenticator shifts the cells, but hides no account")
    void moved() throws UnreadableImportException {
        Import read = read("folder,favorite,type,name,login_uri,login_totp\n"
                + ",,1,Lock, Stock,,otpauth://totp/Lock%2C%20Stock:ada?secret=JBSWY3DP&issuer=Lock%2C%20Stock,x,30,6\n"
                + ",,1,Steam, two,,steam://JBSWY3DP,x,30,6");
        assertThat(Fixtures.accepted(read)).extracting(OtpAuthUri::account).startsWith("ada");
        // The second account has no name of its own in its URI.
        assertThat(read.items()).hasSize(2);
    }

    @Test
    @Tag("S54")
    @DisplayName("a secret that a missing comma shifts under the heading of names is not used as a name")
    void lost() throws UnreadableImportException {
        Import read = read("folder,favorite,type,name,login_uri,login_totp\n"
                + ",,1,Shop 6BJBBRNUEY7Q5RGDTFN5VNCY3AOTSU7T,Shop,30,6");
        assertThat(read.toString()).doesNotContain("6BJB");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp"
                        + "|,,login,Shop,,,0,,ada,not for us,JBSWY3DP",
                "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes"
                        + "|Shop,https://x,ada,not for us,otpauth://totp/?secret=JBSWY3DP,false,false,,not for us",
                "Title,URL,Username,Password,Notes,OTPAuth|Shop,,ada,not for us,,otpauth://totp/Shop:ada?secret=JBSWY3DP",
                "type,name,url,email,username,password,note,totp|login,Shop,,ada,,not for us,,JBSW Y3DP",
                "url,username,password,totp,extra,name,grouping,fav|http://x,ada,not for us,JBSWY3DP,,Shop,,0",
                "username;title;password;note;url;otpSecret|ada;Shop;not for us;not for us;;JBSWY3DP",
                "\ufeff\"name\",\"username\",\"totp\"|\"Shop\",\"ada\",\"JBSWY3DP\""
            })
    @DisplayName(
            "Bitwarden, 1Password, Apple, Proton Pass, LastPass, Dashlane are read, with commas, semicolons and a BOM")
    void managers(String heading, String record) throws UnreadableImportException {
        Import read = read(heading + "\r\n" + record + "\r\n");
        assertThat(Fixtures.refused(read)).isEmpty();
        assertThat(Fixtures.accepted(read)).hasSize(1);
        OtpAuthUri account = Fixtures.accepted(read).get(0);
        assertThat(account.issuer()).contains("Shop");
        assertThat(account.account()).isEqualTo("ada");
        assertThat(account.secret().bits()).isEqualTo(40);
        assertThat(read.toString()).doesNotContain("not for us");
    }

    @Test
    @DisplayName("passwords without codes and short records are skipped; an invalid secret is refused under its name")
    void refused() throws UnreadableImportException {
        Import read = read("name,username,totp\nShop,ada,\nShop\n\n\nShop,ada,what is this?\nShop,ada,JBSWY3DP");
        assertThat(Fixtures.refused(read))
                .extracting(ImportItem.Refused::reason)
                .containsExactly(Reason.SECRET);
        assertThat(Fixtures.refused(read)).extracting(ImportItem.Refused::name).containsExactly("Shop");
        assertThat(read.items()).hasSize(2);
    }

    @Test
    @DisplayName("a quoted cell without an end and a record with too many cells are refused")
    void damaged() {
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.DAMAGED, "name,totp\n\"Shop,JBSWY3DP", Fixtures.NO_PASSWORD);
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.TOO_LARGE,
                "name,totp\n" + ",".repeat(CsvText.MAX_CELLS),
                Fixtures.NO_PASSWORD);
    }

    @Test
    @DisplayName("a cell that is too long for a secret is read as empty; quotes within a cell are ordinary characters")
    void cells() throws UnreadableImportException {
        Import read = read("name,username,totp\nShop,ada," + "A".repeat(CsvText.MAX_CELL + 1)
                + "\n5\" disk,\"say \"\"hi\"\"\",JBSWY3DP\n");
        assertThat(read.items()).hasSize(1);
        OtpAuthUri account = Fixtures.accepted(read).get(0);
        assertThat(account.issuer()).contains("5\" disk");
        assertThat(account.account()).isEqualTo("say \"hi\"");
    }

    @Test
    @DisplayName("a thousand accounts are read, and one more is refused")
    void items() throws UnreadableImportException {
        String many = "Shop,JBSWY3DP\n".repeat(Import.MAX_ITEMS);
        assertThat(read("name,totp\nShop,\n" + many).items()).hasSize(Import.MAX_ITEMS);
        ImportReaderTest.assertUnreadable(
                UnreadableImportException.Reason.TOO_MANY_ITEMS,
                "name,totp\nShop,JBSWY3DP\n" + many,
                Fixtures.NO_PASSWORD);
    }

    private static Import read(String text) throws UnreadableImportException {
        return ImportReader.read(List.of(text), Fixtures.NO_PASSWORD);
    }
}
