package io.github.totpguard.keycloak.sealing;

import io.github.totpguard.keycloak.sealing.UnsealingException.Reason;
import java.io.IOException;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.dto.OTPSecretData;
import org.keycloak.util.JsonSerialization;

/**
 * The {@code secretData} of an {@code otp} credential: {@code {"value": ...}}, where the value is a plaintext secret as
 * Keycloak stores it, or that same text sealed.
 */
public final class OtpCredentialSealer {
    /** How every value of ours begins: the base64url of <code>{"alg":"dir"</code>. */
    private static final String SEALED_PREFIX = "eyJhbGciOiJkaXIi";

    private static final String DATA_START = "{\"value\":\"";
    private static final String DATA_END = "\"}";

    private static final int SHORTEST_FRAGMENT = 3;
    private static final int LONGER_THAN_ANY_PLAINTEXT = 100;

    private final SecretSealer sealer;
    private final RealmModel realm;
    private final UserModel user;

    private OtpCredentialSealer(SecretSealer sealer, RealmModel realm, UserModel user) {
        this.sealer = sealer;
        this.realm = realm;
        this.user = user;
    }

    /** The sealer of a user's credentials. */
    public static OtpCredentialSealer of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new OtpCredentialSealer(SecretSealer.of(session, realm), realm, user);
    }

    /** Whether the credential's secret is, or once was, a sealed value. */
    public boolean isSealed(CredentialModel credential) throws UnsealingException {
        return looksSealed(value(credential));
    }

    /**
     * The secret as Keycloak stores it, to be read by the credential's {@code secretEncoding}.
     *
     * @throws UnsealingException if the secret was sealed and does not open, or the data is not readable
     */
    public OpenedSecret open(CredentialModel credential) throws UnsealingException {
        String value = value(credential);
        return looksSealed(value)
                ? new OpenedSecret(sealer.open(value, context(credential)), true)
                : new OpenedSecret(value, false);
    }

    /** The credential's {@code secretData} as Keycloak alone would have stored it. */
    public String openedData(CredentialModel credential) throws UnsealingException {
        return secretData(open(credential).text());
    }

    /**
     * Replaces the credential's plaintext secret in memory by its sealed form.
     *
     * @param credential with its final id, which becomes part of what is sealed
     * @throws SealingUnavailableException if the realm has no AES key
     * @throws UnsealingException if the data is not readable
     */
    public void seal(CredentialModel credential) throws UnsealingException {
        credential.setSecretData(secretData(sealer.seal(value(credential), context(credential))));
    }

    private static String secretData(String value) {
        try {
            return JsonSerialization.writeValueAsString(new OTPSecretData(value));
        } catch (IOException e) {
            throw new IllegalStateException("A string does not become JSON", e);
        }
    }

    private SealingContext context(CredentialModel credential) {
        return new SealingContext(realm.getId(), user.getId(), credential.getId(), SealingPurpose.OTP_CREDENTIAL);
    }

    private static String value(CredentialModel credential) throws UnsealingException {
        if (credential.getSecretData() == null) {
            throw new UnsealingException(Reason.MALFORMED);
        }
        Optional<String> asWritten = asWritten(credential.getSecretData());
        if (asWritten.isPresent()) {
            return asWritten.get();
        }
        try {
            OTPSecretData data = JsonSerialization.readValue(credential.getSecretData(), OTPSecretData.class);
            return Optional.ofNullable(data)
                    .map(OTPSecretData::getValue)
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(() -> new UnsealingException(Reason.MALFORMED));
        } catch (IOException e) {
            throw new UnsealingException(Reason.MALFORMED);
        }
    }

    /** The value in exactly the form that Keycloak writes, without the cost of a binding; empty for everything else. */
    private static Optional<String> asWritten(String data) {
        return Optional.of(data)
                .filter(text -> text.length() > DATA_START.length() + DATA_END.length())
                .filter(text -> text.startsWith(DATA_START) && text.endsWith(DATA_END))
                .map(text -> text.substring(DATA_START.length(), text.length() - DATA_END.length()))
                .filter(CanonicalJwe::isPlain);
    }

    /**
     * A damaged sealed value must not pass for a plaintext secret, so also what is left of one after a cut or a changed
     * character counts as sealed. No secret of Keycloak's looks like that: those are 20 letters and digits, imported
     * ones are Base32.
     */
    static boolean looksSealed(String value) {
        boolean whole = value.startsWith(SEALED_PREFIX);
        boolean cutShort = value.length() >= SHORTEST_FRAGMENT && SEALED_PREFIX.startsWith(value);
        boolean mangled = value.length() > LONGER_THAN_ANY_PLAINTEXT && value.indexOf('.') >= 0;
        return whole || cutShort || mangled;
    }
}
