package io.github.totpguard.keycloak.sealing;

import java.util.Optional;
import javax.crypto.SecretKey;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The keys that Keycloak keeps and rotates for the realm: use {@code enc}, algorithm {@code AES}. */
final class RealmSealingKeys implements SealingKeys {
    private static final int KEY_BYTES = 32;

    private final KeycloakSession session;
    private final RealmModel realm;

    RealmSealingKeys(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public SealingKey active() {
        KeyWrapper active = session.keys().getActiveKey(realm, KeyUse.ENC, Algorithm.AES);
        if (active == null || active.getSecretKey() == null) {
            throw new SealingUnavailableException(
                    "Realm " + realm.getName()
                            + " has no active AES key: add an aes-generated or java-keystore key provider (Realm settings, Keys)");
        }
        int bytes = active.getSecretKey().getEncoded().length;
        if (bytes != KEY_BYTES) {
            throw new SealingUnavailableException("The active AES key of realm " + realm.getName() + " has " + 8 * bytes
                    + " bits: add one of 256 bits with a higher priority (Realm settings, Keys)");
        }
        return new SealingKey(active.getKid(), active.getSecretKey());
    }

    @Override
    public Optional<SecretKey> find(String kid) {
        return Optional.ofNullable(session.keys().getKey(realm, kid, KeyUse.ENC, Algorithm.AES))
                .map(KeyWrapper::getSecretKey);
    }
}
