package io.github.totpguard.keycloak.otp;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.mail.UserTime;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialMetadata;

/** Adds to a device in the account console when its codes were last used. */
final class LastUse {
    private final GuardedUser user;

    LastUse(GuardedUser user) {
        this.user = user;
    }

    void describe(CredentialMetadata metadata, String credentialId) {
        try {
            Optional<Instant> lastUsed =
                    user.gate().state().device(credentialId).map(DeviceState::lastUsed);
            if (lastUsed.isPresent()) {
                metadata.setInfoMessage(
                        "totpGuard.account.lastUsed",
                        UserTime.of(user.session(), user.user()).minute(lastUsed.get()));
            } else {
                metadata.setInfoMessage("totpGuard.account.neverUsed");
            }
        } catch (VerificationUnavailableException e) {
            // The gate has logged it. The list of devices is shown without this line.
            metadata.setInfoMessage("totpGuard.account.unknownUse");
        }
    }
}
