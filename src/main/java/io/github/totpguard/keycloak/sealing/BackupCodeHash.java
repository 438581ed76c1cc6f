package io.github.totpguard.keycloak.sealing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.dto.PasswordCredentialData;
import org.keycloak.models.credential.dto.PasswordSecretData;
import org.keycloak.util.JsonSerialization;

/**
 * Salted password hashes of backup codes (NIST SP 800-63B-4 section 3.1.2.2). Keycloak's own hash providers compute
 * them according to the realm's password policy: argon2id by default.
 */
public final class BackupCodeHash {
    private final KeycloakSession session;
    private final PasswordPolicy policy;

    private BackupCodeHash(KeycloakSession session, PasswordPolicy policy) {
        this.session = session;
        this.policy = policy;
    }

    public static BackupCodeHash of(KeycloakSession session, RealmModel realm) {
        return new BackupCodeHash(session, realm.getPasswordPolicy());
    }

    /**
     * Computes one hash.
     *
     * @param code in its canonical form
     * @return base64, as Keycloak expects for the hash of a recovery code: Keycloak's own check can decode it and finds
     *     no match
     */
    public String hash(String code) {
        PasswordCredentialModel hashed = current().encodedCredential(code, policy.getHashIterations());
        try {
            return Base64.getEncoder()
                    .encodeToString(JsonSerialization.writeValueAsBytes(
                            new Encoded(hashed.getPasswordCredentialData(), hashed.getPasswordSecretData())));
        } catch (IOException e) {
            throw new IllegalStateException("The password hash cannot be written as JSON", e);
        }
    }

    /**
     * Whether the code matches the hash. Computes one hash.
     *
     * @throws UnsealingException if the hash is not readable, or was made by a hash provider that this server does not
     *     have
     */
    public boolean matches(String code, String hash) throws UnsealingException {
        PasswordCredentialModel hashed = read(hash);
        String algorithm = hashed.getPasswordCredentialData().getAlgorithm();
        return Optional.ofNullable(session.getProvider(PasswordHashProvider.class, algorithm))
                .orElseThrow(() -> new UnsealingException(UnsealingException.Reason.UNSUPPORTED))
                .verify(code, hashed);
    }

    private PasswordHashProvider current() {
        return Optional.ofNullable(policy.getHashAlgorithm())
                .map(algorithm -> session.getProvider(PasswordHashProvider.class, algorithm))
                .orElseGet(() -> session.getProvider(PasswordHashProvider.class));
    }

    private static PasswordCredentialModel read(String hash) throws UnsealingException {
        try {
            Encoded encoded = JsonSerialization.readValue(Base64.getDecoder().decode(hash), Encoded.class);
            if (encoded == null || encoded.parameters() == null || encoded.hash() == null) {
                throw new UnsealingException(UnsealingException.Reason.MALFORMED);
            }
            CredentialModel stored = new CredentialModel();
            stored.setCredentialData(JsonSerialization.writeValueAsString(encoded.parameters()));
            stored.setSecretData(JsonSerialization.writeValueAsString(encoded.hash()));
            return PasswordCredentialModel.createFromCredentialModel(stored);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnsealingException(UnsealingException.Reason.MALFORMED);
        }
    }

    private record Encoded(
            @JsonProperty("p") PasswordCredentialData parameters, @JsonProperty("h") PasswordSecretData hash) {
        @Override
        public String toString() {
            return "Encoded";
        }
    }
}
