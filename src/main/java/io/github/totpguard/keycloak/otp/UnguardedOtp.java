package io.github.totpguard.keycloak.otp;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.sealing.OtpCredentialSealer;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.dto.OTPCredentialData;
import org.keycloak.models.utils.HmacOTP;
import org.keycloak.models.utils.TimeBasedOTP;

/**
 * Verifies a code against a sealed secret in a realm where TOTP Guard is off. It repeats Keycloak's own steps with the
 * opened secret, so that users are not locked out when TOTP Guard is switched off.
 */
final class UnguardedOtp {
    private static final Logger LOG = Logger.getLogger(UnguardedOtp.class);

    private final KeycloakSession session;

    UnguardedOtp(KeycloakSession session) {
        this.session = session;
    }

    boolean holdsSealed(RealmModel realm, UserModel user, CredentialInput input) {
        return credential(user, input)
                .filter(credential -> isSealed(realm, user, credential))
                .isPresent();
    }

    boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        String code = input.getChallengeResponse();
        if (code == null) {
            return false;
        }
        CredentialModel stored = credential(user, input).orElseThrow();
        return opened(realm, user, stored)
                .map(opened -> OTPCredentialModel.HOTP.equals(
                                opened.getOTPCredentialData().getSubType())
                        ? isValidHotp(realm.getOTPPolicy(), user, stored, opened, code)
                        : isValidTotp(realm.getOTPPolicy(), opened, code))
                .orElse(false);
    }

    private boolean isValidTotp(OTPPolicy policy, OTPCredentialModel opened, String code) {
        OTPCredentialData data = opened.getOTPCredentialData();
        TimeBasedOTP totp =
                new TimeBasedOTP(data.getAlgorithm(), data.getDigits(), data.getPeriod(), policy.getLookAheadWindow());
        if (!totp.validateTOTP(code, opened.getDecodedSecret())) {
            return false;
        }
        long lifespanSeconds = (long) data.getPeriod() * (2L * policy.getLookAheadWindow() + 1);
        return policy.isCodeReusable()
                || session.singleUseObjects().putIfAbsent(opened.getId() + "." + code, lifespanSeconds);
    }

    private static boolean isValidHotp(
            OTPPolicy policy, UserModel user, CredentialModel stored, OTPCredentialModel opened, String code) {
        OTPCredentialData data = opened.getOTPCredentialData();
        HmacOTP hotp = new HmacOTP(data.getDigits(), data.getAlgorithm(), policy.getLookAheadWindow());
        int next = hotp.validateHOTP(code, opened.getDecodedSecret(), data.getCounter());
        if (next < 0) {
            return false;
        }
        opened.updateCounter(next);
        stored.setCredentialData(opened.getCredentialData());
        user.credentialManager().updateStoredCredential(stored);
        return true;
    }

    private static Optional<CredentialModel> credential(UserModel user, CredentialInput input) {
        return Optional.ofNullable(input.getCredentialId())
                .filter(id -> !id.isBlank())
                .map(id -> user.credentialManager().getStoredCredentialById(id))
                .filter(credential -> SecondFactor.DEVICE.type().equals(credential.getType()));
    }

    private boolean isSealed(RealmModel realm, UserModel user, CredentialModel credential) {
        try {
            return OtpCredentialSealer.of(session, realm, user).isSealed(credential);
        } catch (UnsealingException e) {
            // The data is not readable. Keycloak's own provider then fails, and in this realm Keycloak's behaviour
            // applies.
            return false;
        }
    }

    private Optional<OTPCredentialModel> opened(RealmModel realm, UserModel user, CredentialModel stored) {
        try {
            CredentialModel copy = new CredentialModel();
            copy.setId(stored.getId());
            copy.setCredentialData(stored.getCredentialData());
            copy.setSecretData(OtpCredentialSealer.of(session, realm, user).openedData(stored));
            return Optional.of(OTPCredentialModel.createFromCredentialModel(copy));
        } catch (UnsealingException e) {
            LOG.warnf(
                    "OTP credential %s of user %s in realm %s cannot be used (%s): restore the key it was sealed with",
                    stored.getId(), user.getId(), realm.getName(), e.reason());
            return Optional.empty();
        }
    }
}
