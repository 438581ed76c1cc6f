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
 * Seals and opens the {@code secretData} of an {@code otp} credential: {@code {"value": ...}}. The value is a plaintext
 * secret as Keycloak stores it, or the sealed form of the same text.
 */
public final class OtpCredentialSealer {
    /** The beginning of every sealed value: the base64url of <code>{"alg":"dir"</code>. */
    private static final String SEALED_PREFIX = "eyJhbGciOiJkaXIi";

    private static final String DATA_START = "{\"value\":\"";
    private static final String DATA_END = "\"}";

    private static final int MIN_FRAGMENT_LENGTH = 3;
    private static final int MAX_PLAINTEXT_LENGTH = 100;

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

    /** Whether the credential's secret is a sealed value, intact or damaged. */
    public boolean isSealed(CredentialModel credential) throws UnsealingException {
        return looksSealed(value(credential));
    }

    /**
     * The secret in the form in which Keycloak stores it, to be decoded with the credential's {@code secretEncoding}.
     *
     * @throws UnsealingException if the secret is sealed and does not open, or if the data is not readable
     */
    public OpenedSecret open(CredentialModel credential) throws UnsealingException {
        String value = value(credential);
        return looksSealed(value)
                ? new OpenedSecret(sealer.open(value, context(credential)), true)
                : new OpenedSecret(value, false);
    }

    /** The credential's {@code secretData} as Keycloak itself would have stored it. */
    public String openedData(CredentialModel credential) throws UnsealingException {
        return secretData(open(credential).text());
    }

    /**
     * Replaces the credential's plaintext secret in memory with its sealed form.
     *
     * @param credential with its final id, which is sealed with the secret
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
            throw new IllegalStateException("The secret data cannot be written as JSON", e);
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

    /**
     * Reads the value without the cost of data binding if it has exactly the form that Keycloak writes; empty
     * otherwise.
     */
    private static Optional<String> asWritten(String data) {
        return Optional.of(data)
                .filter(text -> text.length() > DATA_START.length() + DATA_END.length())
                .filter(text -> text.startsWith(DATA_START) && text.endsWith(DATA_END))
                .map(text -> text.substring(DATA_START.length(), text.length() - DATA_END.length()))
                .filter(CanonicalJwe::isPlain);
    }

    /**
     * A damaged sealed value must not be treated as a plaintext secret. A truncated value, or one with a changed
     * character, therefore counts as sealed too. No plaintext secret of Keycloak looks like that: Keycloak's own
     * secrets are 20 letters and digits, and imported secrets are Base32.
     */
    static boolean looksSealed(String value) {
        boolean hasPrefix = value.startsWith(SEALED_PREFIX);
        boolean truncated = value.length() >= MIN_FRAGMENT_LENGTH && SEALED_PREFIX.startsWith(value);
        boolean changed = value.length() > MAX_PLAINTEXT_LENGTH && value.indexOf('.') >= 0;
        return hasPrefix || truncated || changed;
    }

    /**
     * A secret in the form in which Keycloak stores it.
     *
     * @param text the secret, to be decoded with the credential's {@code secretEncoding}
     * @param wasSealed false if it was stored as plaintext
     */
    public record OpenedSecret(String text, boolean wasSealed) {
        @Override
        public String toString() {
            return "OpenedSecret[wasSealed=" + wasSealed + "]";
        }
    }
}
