package io.github.totpguard.keycloak.sealing;

import java.util.Optional;
import javax.crypto.SecretKey;

/** The AES keys of one realm. */
interface SealingKeys {

    /** A key and the id it is found by again. */
    record SealingKey(String kid, SecretKey key) {}

    /**
     * The key to seal with.
     *
     * @throws SealingUnavailableException if there is none
     */
    SealingKey active();

    /** The key of this id, active or passive, if the realm still has it. */
    Optional<SecretKey> find(String kid);
}
