package io.github.totpguard.keycloak.sealing;

import java.util.Optional;
import javax.crypto.SecretKey;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The AES keys that Keycloak manages and rotates for the realm: use {@code enc}, algorithm {@code AES}. */
final class RealmSealingKeys implements SealingKeys {
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
        return new SealingKey(active.getKid(), active.getSecretKey());
    }

    @Override
    public Optional<SecretKey> find(String kid) {
        return Optional.ofNullable(session.keys().getKey(realm, kid, KeyUse.ENC, Algorithm.AES))
                .map(KeyWrapper::getSecretKey);
    }
}
