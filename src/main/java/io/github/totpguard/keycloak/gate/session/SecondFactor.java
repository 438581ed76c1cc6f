package io.github.totpguard.keycloak.gate.session;

import java.util.Arrays;
import java.util.Optional;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * The kinds of second factors. This is the only place that defines them. Proof, removal, reset, trust, mails and the
 * vault use this enum, and {@code SecondFactorDefinitionTest} forbids them to compare credential types themselves. Users are
 * offered their factors in the order of the constants.
 */
public enum SecondFactor {
    /** An authenticator app or token with one-time codes. */
    DEVICE(OTPCredentialModel.TYPE),
    /** A WebAuthn key that is used after the password. */
    SECURITY_KEY(WebAuthnCredentialModel.TYPE_TWOFACTOR),
    /** A WebAuthn key that signs in without a password. */
    PASSKEY(WebAuthnCredentialModel.TYPE_PASSWORDLESS),
    /** A list of backup codes. */
    BACKUP_CODES(RecoveryAuthnCodesCredentialModel.TYPE);

    private final String type;

    SecondFactor(String type) {
        this.type = type;
    }

    /** Keycloak's credential type. The steps that ask for this factor have it as their reference category. */
    public String type() {
        return type;
    }

    /** Whether the factor remains after use. Backup codes are used up, so they cannot be the only factor. */
    public boolean lasts() {
        return this != BACKUP_CODES;
    }

    /** Whether the factor is a WebAuthn key, which answers a challenge in the browser. */
    public boolean isKey() {
        return this == SECURITY_KEY || this == PASSKEY;
    }

    /** The factor of a credential type or reference category; empty for all others and for null. */
    public static Optional<SecondFactor> ofType(String type) {
        return Arrays.stream(values())
                .filter(factor -> factor.type.equals(type))
                .findFirst();
    }
}
