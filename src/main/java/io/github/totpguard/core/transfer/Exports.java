package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.crypto.BusyException;
import io.github.totpguard.core.transfer.crypto.CryptoUnavailableException;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;

/** Writes files that other apps read. They contain the secrets. */
public final class Exports {

    private Exports() {}

    /** One URI per line, each line ended by a line feed. Not encrypted. */
    public static String otpauthList(List<OtpAuthUri> accounts) {
        return accounts.stream().map(account -> account.print() + "\n").collect(Collectors.joining());
    }

    /**
     * An Aegis vault (JSON), encrypted with the password: scrypt with N 2^15, r 8, p 1, which needs 32 MiB, then
     * AES-256-GCM.
     *
     * @param password the caller checks its strength and wipes it
     * @param random for keys, salts, nonces and ids
     * @throws BusyException if another key is being derived
     * @throws CryptoUnavailableException if this server has no scrypt
     */
    public static String aegisEncrypted(List<OtpAuthUri> accounts, char[] password, SecureRandom random)
            throws BusyException {
        return new AegisExport(random).encrypted(accounts, password);
    }
}
