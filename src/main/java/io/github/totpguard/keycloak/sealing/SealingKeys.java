package io.github.totpguard.keycloak.sealing;

import java.util.Optional;
import javax.crypto.SecretKey;

/** The AES keys of one realm. */
interface SealingKeys {

    /** A key and the id by which it is found again. */
    record SealingKey(String kid, SecretKey key) {}

    /**
     * The key for sealing.
     *
     * @throws SealingUnavailableException if there is none
     */
    SealingKey active();

    /** The key with this id, active or passive; empty if the realm does not have it any more. */
    Optional<SecretKey> find(String kid);
}
