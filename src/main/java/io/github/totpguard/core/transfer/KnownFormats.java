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
            new FileFormat<>(
                    Format.BITWARDEN, BitwardenFile::recognises, (root, opening) -> new BitwardenFile(root).items()));

    static final List<FileFormat<String>> TEXT = List.of();

    static final List<FileFormat<byte[]>> BINARY = List.of();

    private KnownFormats() {}
}
