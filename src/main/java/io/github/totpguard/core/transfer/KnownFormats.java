package io.github.totpguard.core.transfer;

import java.util.List;

/** Every format of files. Lists of otpauth URIs and the texts of QR codes are what is left. */
final class KnownFormats {

    /** The first that recognises a file reads it, so those with rarer marks stand before those with common ones. */
    static final List<FileFormat<JsonFields>> JSON = List.of(
            new FileFormat<>(
                    Format.AEGIS, AegisFile::recognises, (root, opening) -> new AegisFile(root, opening).items()),
            new FileFormat<>(
                    Format.TWOFAS, TwoFasFile::recognises, (root, opening) -> new TwoFasFile(root, opening).items()),
            new FileFormat<>(Format.ENTE, EnteFile::recognises, (root, opening) -> new EnteFile(root, opening).items()),
            new FileFormat<>(Format.STRATUM, StratumFile::recognises, (root, opening) -> new StratumFile(root).items()),
            new FileFormat<>(Format.ANDOTP, AndOtpFile::recognises, (root, opening) -> new AndOtpFile(root).items()),
            new FileFormat<>(
                    Format.BITWARDEN, BitwardenFile::recognises, (root, opening) -> new BitwardenFile(root).items()));

    /** Texts that are no JSON. */
    static final List<FileFormat<String>> TEXT = List.of(new FileFormat<>(
            Format.FREEOTP, FreeOtpTokens::recognises, (text, opening) -> new FreeOtpTokens(text).items()));

    /** What is no text. andOTP's backup has no mark, only a number that is likely: it stays the last. */
    static final List<FileFormat<byte[]>> BINARY = List.of(
            new FileFormat<>(
                    Format.STRATUM, StratumBackup::recognises, (file, opening) -> new StratumBackup(file, opening)
                            .items()),
            new FileFormat<>(
                    Format.FREEOTP, FreeOtpBackup::recognises, (file, opening) -> new FreeOtpBackup(file, opening)
                            .items()),
            new FileFormat<>(Format.ANDOTP, AndOtpBackup::recognises, (file, opening) -> new AndOtpBackup(file, opening)
                    .items()));

    private KnownFormats() {}
}
