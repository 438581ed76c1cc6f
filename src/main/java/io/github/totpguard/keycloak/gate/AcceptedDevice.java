package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import io.github.totpguard.keycloak.sealing.OtpCredentialSealer;
import io.github.totpguard.keycloak.sealing.SealingUnavailableException;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import java.io.IOException;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.dto.OTPCredentialData;
import org.keycloak.util.JsonSerialization;

/** What follows for the stored credential of a device whose code was accepted. */
final class AcceptedDevice {
    private final UserModel user;
    private final OtpCredentialSealer sealer;

    AcceptedDevice(UserModel user, OtpCredentialSealer sealer) {
        this.user = user;
        this.sealer = sealer;
    }

    /**
     * Seals a plaintext secret, and carries a HOTP counter over to Keycloak's own field, so that no spent code becomes
     * good again where TOTP Guard is switched off. Label, priority and creation date stay.
     */
    void update(CredentialModel credential, DeviceState state) {
        try {
            boolean sealed = seal(credential);
            boolean counted = count(credential, state.lastAcceptedStep());
            if (sealed || counted) {
                user.credentialManager().updateStoredCredential(credential);
            }
        } catch (SealingUnavailableException e) {
            throw new VerificationUnavailableException(Cause.SEALING, e.getMessage(), e);
        } catch (UnsealingException | IOException e) {
            throw new IllegalStateException("A device answered whose credential is not readable", e);
        }
    }

    private boolean seal(CredentialModel credential) throws UnsealingException {
        if (sealer.isSealed(credential)) {
            return false;
        }
        sealer.seal(credential);
        return true;
    }

    private static boolean count(CredentialModel credential, long accepted) throws IOException {
        OTPCredentialData data = StoredDevices.data(credential);
        // Keycloak's field is an int; a counter beyond it lives in the state alone.
        if (!OTPCredentialModel.HOTP.equals(data.getSubType()) || accepted >= Integer.MAX_VALUE) {
            return false;
        }
        data.setCounter((int) accepted + 1);
        credential.setCredentialData(JsonSerialization.writeValueAsString(data));
        return true;
    }
}
