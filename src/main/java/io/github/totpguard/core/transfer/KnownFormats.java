package io.github.totpguard.core.transfer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** All file formats. A text of no known format may be a list of otpauth URIs or the text of QR codes. */
final class KnownFormats {

    /**
     * The first format that recognises a file reads it. Formats with specific marks therefore come before those with
     * common ones.
     */
    static final List<FileFormat<JsonFields>> JSON = List.of(
            new FileFormat<>(
                    Format.AEGIS, AegisFile::recognises, (root, opening) -> new AegisFile(root, opening).items()),
            new FileFormat<>(
                    Format.TWOFAS, TwoFasFile::recognises, (root, opening) -> new TwoFasFile(root, opening).items()),
            new FileFormat<>(Format.ENTE, EnteFile::recognises, (root, opening) -> new EnteFile(root, opening).items()),
            new FileFormat<>(Format.STRATUM, StratumFile::recognises, (root, opening) -> new StratumFile(root).items()),
            new FileFormat<>(Format.ANDOTP, AndOtpFile::recognises, (root, opening) -> new AndOtpFile(root).items()),
            new FileFormat<>(Format.PROTON_AUTHENTICATOR, ProtonFile::recognises, (root, opening) -> new ProtonFile(
                            root, opening)
                    .items()),
            new FileFormat<>(Format.RAIVO, RaivoFile::recognises, (root, opening) -> new RaivoFile(root).items()),
            new FileFormat<>(
                    Format.TWOFAUTH, TwoFAuthFile::recognises, (root, opening) -> new TwoFAuthFile(root).items()),
            new FileFormat<>(
                    Format.FREEOTP_PLUS, FreeOtpPlusFile::recognises, (root, opening) -> new FreeOtpPlusFile(root)
                            .items()),
            new FileFormat<>(
                    Format.ONEPASSWORD, OnePasswordFile::recognises, (root, opening) -> new OnePasswordFile(root)
                            .items()),
            new FileFormat<>(
                    Format.BITWARDEN, BitwardenFile::recognises, (root, opening) -> new BitwardenFile(root).items()));

    /** Formats of text that is not JSON. */
    static final List<FileFormat<String>> TEXT = List.of(
            new FileFormat<>(
                    Format.FREEOTP, FreeOtpTokens::recognises, (text, opening) -> new FreeOtpTokens(text).items()),
            new FileFormat<>(Format.KEEPASS, KeePassXmlFile::recognises, (text, opening) -> KeePassXmlFile.items(text)),
            csv(Format.BITWARDEN, CsvColumns::areOfBitwarden),
            csv(Format.KEEPASS, CsvColumns::areOfKeePassXc),
            csv(Format.PASSWORDS_CSV, columns -> true));

    /** Formats that are not text. andOTP's backup has no signature, only a plausible number, so it must be last. */
    static final List<FileFormat<byte[]>> BINARY = List.of(
            zip(Format.ONEPASSWORD, OnePasswordFile.NAME, root -> new OnePasswordFile(root).items()),
            zip(Format.RAIVO, RaivoFile.NAME, root -> new RaivoFile(root).items()),
            new FileFormat<>(
                    Format.STRATUM, StratumBackup::recognises, (file, opening) -> new StratumBackup(file, opening)
                            .items()),
            new FileFormat<>(
                    Format.FREEOTP, FreeOtpBackup::recognises, (file, opening) -> new FreeOtpBackup(file, opening)
                            .items()),
            new FileFormat<>(Format.ANDOTP, AndOtpBackup::recognises, (file, opening) -> new AndOtpBackup(file, opening)
                    .items()));

    private KnownFormats() {}

    private static FileFormat<String> csv(Format format, Predicate<CsvColumns> isOf) {
        return new FileFormat<>(
                format, text -> CsvColumns.of(text).filter(isOf).isPresent(), (text, opening) -> CsvFile.of(text)
                        .items());
    }

    /** Reads one JSON file from an archive. */
    private static FileFormat<byte[]> zip(Format format, String name, JsonItems items) {
        return new FileFormat<>(format, file -> ZipArchive.holds(file, name), (file, opening) -> {
            byte[] json = new ZipArchive(file).entry(name, opening.characters());
            return items.of(new JsonFields(JsonFile.parse(new String(json, StandardCharsets.UTF_8))));
        });
    }

    private interface JsonItems {

        List<ImportItem> of(JsonFields root) throws UnreadableImportException;
    }
}
