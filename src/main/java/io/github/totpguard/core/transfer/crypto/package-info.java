/**
 * Ciphers and key derivations for the encrypted files of other apps. They do not depend on files or imports. Impossible
 * parameters cause an {@link io.github.totpguard.core.transfer.crypto.ImpossibleParametersException}, a missing
 * algorithm a {@link io.github.totpguard.core.transfer.crypto.CryptoUnavailableException}.
 */
package io.github.totpguard.core.transfer.crypto;
