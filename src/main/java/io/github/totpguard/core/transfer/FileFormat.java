package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import io.github.totpguard.core.transfer.crypto.BusyException;
import io.github.totpguard.core.transfer.crypto.CryptoException;
import io.github.totpguard.core.transfer.crypto.CryptoUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How files of one app are recognised and read.
 *
 * @param <C> a file before its format is known: {@link JsonFields} for the root of JSON, {@link String} for a text that
 *     is not JSON, {@code byte[]} for anything that is not text
 */
record FileFormat<C>(Format format, Predicate<C> recognises, Reading<C> reading) {

    /** Reads a file that was recognised. */
    @FunctionalInterface
    interface Reading<C> {
        List<ImportItem> items(C content, JsonExportFile opening) throws UnreadableImportException, CryptoException;
    }

    Import read(C content, JsonExportFile opening) throws UnreadableImportException {
        try {
            return new Import(format, reading.items(content, opening), Optional.empty());
        } catch (BusyException e) {
            throw new UnreadableImportException(
                    Reason.BUSY, "Another encrypted file is being opened. Try again in a few seconds.");
        } catch (CryptoException e) {
            throw JsonExportFile.damaged(e.getMessage());
        } catch (CryptoUnavailableException e) {
            throw new UnreadableImportException(
                    Reason.CRYPTO_UNAVAILABLE,
                    e.getMessage() + ", which the file needs. Export without encryption instead.");
        }
    }

    static <C> Optional<FileFormat<C>> of(C content, List<FileFormat<C>> formats) {
        return formats.stream()
                .filter(format -> format.recognises().test(content))
                .findFirst();
    }
}
