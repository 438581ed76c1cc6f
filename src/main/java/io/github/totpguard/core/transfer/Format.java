package io.github.totpguard.core.transfer;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The formats that {@link ImportReader} recognises. An encrypted file has the same format as a plain one. */
public enum Format {
    /** One {@code otpauth://} URI per line; ente's plain export has this format too. */
    OTPAUTH_LIST("otpauth:// URIs", "one a line, from any app that writes them"),
    /** {@code otpauth-migration://offline?data=}, the QR codes of Google Authenticator's export, one per line. */
    OTPAUTH_MIGRATION("Google Authenticator", "Menu > Transfer accounts > Export accounts, which shows QR codes"),
    /** The JSON of Aegis. */
    AEGIS("Aegis", "Settings > Import & Export > Export"),
    /** The backup of 2FAS, {@code .2fas}. */
    TWOFAS("2FAS", "Settings > Backup > Export to file"),
    /** The JSON and CSV exports of Bitwarden and Bitwarden Authenticator. */
    BITWARDEN("Bitwarden", "Settings > Export vault, as .json without encryption"),
    /** The encrypted export of ente Auth. */
    ENTE("Ente Auth", "Settings > Data > Export codes"),
    /** The backup of Stratum, formerly Authenticator Pro. */
    STRATUM("Stratum", "Backup > Backup to file"),
    /** The backup of andOTP. */
    ANDOTP("andOTP", "Backups > Backup, plain or with a password"),
    /** The backup of FreeOTP 2, or the {@code tokens.xml} of FreeOTP 1. */
    FREEOTP("FreeOTP", "Menu > Backup, which writes externalBackup.xml"),
    /** The JSON export of Proton Authenticator. */
    PROTON_AUTHENTICATOR("Proton Authenticator", "Settings > Export"),
    /** {@code raivo-otp-export.json} of Raivo OTP. */
    RAIVO("Raivo OTP", "Settings > Export OTPs to ZIP archive, then unpack it with your password"),
    /** The JSON export of 2FAuth. */
    TWOFAUTH("2FAuth", "Manage > select accounts > Export, as .json"),
    /** The JSON backup of FreeOTP+. */
    FREEOTP_PLUS("FreeOTP+", "Menu > Export > JSON format"),
    /** The 1PUX archive of 1Password, or the file {@code export.data} from it. */
    ONEPASSWORD("1Password", "File > Export > your account, as 1PUX"),
    /** The XML export of KeePass and KeePassXC, and the CSV export of KeePassXC. */
    KEEPASS("KeePass and KeePassXC", "Database > Export, in KeePass File > Export, as XML"),
    /** A CSV export of another password manager with a column for one-time passwords. */
    PASSWORDS_CSV("Other password managers", "a .csv file that has a column for one-time passwords");

    private final String app;
    private final String place;

    Format(String app, String place) {
        this.app = app;
        this.place = place;
    }

    /** The name of the app, which is the same in every language. */
    public String app() {
        return app;
    }

    /** The app and the place of its export, in English, such as "Aegis: Settings > Import & Export > Export". */
    public String whereToExport() {
        return app + ": " + place;
    }

    /** {@link #whereToExport} of every format, for a message. */
    static String allPlaces() {
        return Arrays.stream(values()).map(Format::whereToExport).collect(Collectors.joining("; "));
    }
}
