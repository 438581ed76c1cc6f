package io.github.totpguard.keycloak.otp;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.keycloak.gate.SecondFactorGate;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.UserTime;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What the account console says of a device: when its codes were last used. */
final class LastUse {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    LastUse(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    void describe(CredentialMetadata metadata, String credentialId) {
        try {
            Optional<Instant> lastUsed = SecondFactorGate.of(session, realm, user)
                    .state()
                    .device(credentialId)
                    .map(DeviceState::lastUsed);
            if (lastUsed.isPresent()) {
                metadata.setInfoMessage(
                        "totpGuard.account.lastUsed", UserTime.of(session, user).minute(lastUsed.get()));
            } else {
                metadata.setInfoMessage("totpGuard.account.neverUsed");
            }
        } catch (VerificationUnavailableException e) {
            // Logged by the gate. The list of devices is worth more than this line of it.
            metadata.setInfoMessage("totpGuard.account.unknownUse");
        }
    }
}
