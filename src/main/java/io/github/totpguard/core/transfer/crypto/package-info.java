/**
 * The ciphers and key derivations of other apps' encrypted files. They know neither files nor imports: impossible
 * parameters are an {@link io.github.totpguard.core.transfer.crypto.ImpossibleParametersException}, a missing algorithm is
 * a {@link io.github.totpguard.core.transfer.crypto.CryptoUnavailableException}.
 */
package io.github.totpguard.core.transfer.crypto;
