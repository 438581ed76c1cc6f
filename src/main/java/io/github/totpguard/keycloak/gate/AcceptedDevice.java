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

/** Updates the stored credential of a device whose code was accepted. */
final class AcceptedDevice {
    private final UserModel user;
    private final OtpCredentialSealer sealer;

    AcceptedDevice(UserModel user, OtpCredentialSealer sealer) {
        this.user = user;
        this.sealer = sealer;
    }

    /**
     * Seals a plaintext secret, and copies a HOTP counter to Keycloak's own field. Without that copy, spent codes would
     * become valid again after TOTP Guard is switched off. Label, priority and creation date stay unchanged.
     */
    void update(CredentialModel credential, DeviceState state) {
        try {
            boolean sealed = seal(credential);
            boolean counterCopied = copyCounter(credential, state.lastAcceptedStep());
            if (sealed || counterCopied) {
                user.credentialManager().updateStoredCredential(credential);
            }
        } catch (SealingUnavailableException e) {
            throw new VerificationUnavailableException(Cause.SEALING, e.getMessage(), e);
        } catch (UnsealingException | IOException e) {
            throw new IllegalStateException("The credential of a device whose code was accepted is not readable", e);
        }
    }

    private boolean seal(CredentialModel credential) throws UnsealingException {
        if (sealer.isSealed(credential)) {
            return false;
        }
        sealer.seal(credential);
        return true;
    }

    private static boolean copyCounter(CredentialModel credential, long accepted) throws IOException {
        OTPCredentialData data = StoredDevices.data(credential);
        // Keycloak's field is an int. A larger counter is stored only in the user's state.
        if (!OTPCredentialModel.HOTP.equals(data.getSubType()) || accepted >= Integer.MAX_VALUE) {
            return false;
        }
        data.setCounter((int) accepted + 1);
        credential.setCredentialData(JsonSerialization.writeValueAsString(data));
        return true;
    }
}
