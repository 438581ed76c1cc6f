package io.github.totpguard.keycloak.sealing;

import io.github.totpguard.keycloak.sealing.SealingKeys.SealingKey;
import io.github.totpguard.keycloak.sealing.UnsealingException.Reason;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.keycloak.jose.jwe.JWE;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.jose.jwe.JWEException;
import org.keycloak.jose.jwe.JWEHeader;
import org.keycloak.jose.jwe.JWEKeyStorage;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * Seals a secret as a compact JWE (RFC 7516; {@code alg} dir, {@code enc} A256GCM, RFC 7518 sections 4.5 and 5.3:
 * 256-bit key, random 96-bit IV, 128-bit tag) and opens it again.
 *
 * <p>Realms created before Keycloak 26.7 have an AES key of 128 bits until an administrator adds a longer one. In these
 * realms {@code enc} is A128GCM. The length of the key decides, never the stored value: if the header names another
 * length, the value does not open.
 */
public final class SecretSealer {
    private static final int PARTS = 5;
    private static final int HEADER = 0;
    private static final int ENCRYPTED_KEY = 1;
    private static final int IV = 2;
    private static final int TAG = 4;

    private static final int IV_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final SealingKeys keys;
    private final Map<String, SecretKey> found = new HashMap<>();

    SecretSealer(SealingKeys keys) {
        this.keys = keys;
    }

    /** The sealer of a realm. */
    public static SecretSealer of(KeycloakSession session, RealmModel realm) {
        return new SecretSealer(new RealmSealingKeys(session, realm));
    }

    /**
     * @return a compact JWE; two calls with the same secret give different values
     * @throws SealingUnavailableException if the realm has no AES key
     */
    public String seal(String secret, SealingContext context) {
        SealingKey key = keys.active();
        JWE jwe = new JWE()
                .header(JWEHeader.builder()
                        .algorithm(JWEConstants.DIRECT)
                        .encryptionAlgorithm(encryption(key.key()))
                        .keyId(key.kid())
                        .build());
        jwe.getKeyStorage().setCEKKey(key.key(), JWEKeyStorage.KeyUse.ENCRYPTION);
        try {
            return jwe.content(JsonSerialization.writeValueAsBytes(SealedContent.of(secret, context)))
                    .encodeJwe();
        } catch (IOException | JWEException e) {
            throw new SealingUnavailableException("AES-256-GCM is not available: check the Java security providers", e);
        }
    }

    /**
     * @throws UnsealingException if the value is damaged, was not sealed by TOTP Guard, or belongs to another context
     */
    public String open(String sealed, SealingContext context) throws UnsealingException {
        Optional<CanonicalJwe> canonical = CanonicalJwe.of(sealed);
        SealedContent content = SealedContent.read(canonical.isPresent() ? open(canonical.get()) : openAnyForm(sealed));
        if (!content.belongsTo(context)) {
            throw new UnsealingException(Reason.FOREIGN);
        }
        return Optional.ofNullable(content.secret()).orElseThrow(() -> new UnsealingException(Reason.MALFORMED));
    }

    private byte[] open(CanonicalJwe sealed) throws UnsealingException {
        SecretKey key = key(sealed.kid());
        if (!sealed.isFor(key)) {
            throw new UnsealingException(Reason.UNSUPPORTED);
        }
        try {
            return sealed.open(key);
        } catch (GeneralSecurityException e) {
            throw new UnsealingException(Reason.TAMPERED, e);
        }
    }

    /**
     * Opens the value with Keycloak's own classes: for shorter keys, and for headers with another order or more fields.
     */
    byte[] openAnyForm(String sealed) throws UnsealingException {
        JWEHeader header = requireOurHeader(decodeParts(sealed)[HEADER]);
        SecretKey key = key(header.getKeyId());
        if (!encryption(key).equals(header.getEncryptionAlgorithm())) {
            throw new UnsealingException(Reason.UNSUPPORTED);
        }
        JWE jwe = new JWE(sealed);
        jwe.getKeyStorage().setCEKKey(key, JWEKeyStorage.KeyUse.ENCRYPTION);
        try {
            jwe.verifyAndDecodeJwe();
        } catch (JWEException e) {
            throw new UnsealingException(Reason.TAMPERED, e);
        }
        return jwe.getContent();
    }

    /** Found keys are cached, because Keycloak searches all keys of the realm for each lookup. */
    private SecretKey key(String kid) throws UnsealingException {
        SecretKey known = found.get(kid);
        if (known != null) {
            return known;
        }
        SecretKey key = keys.find(kid).orElseThrow(() -> new UnsealingException(Reason.KEY_MISSING));
        found.put(kid, key);
        return key;
    }

    private static byte[][] decodeParts(String sealed) throws UnsealingException {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new UnsealingException(Reason.MALFORMED);
        }
        byte[][] decoded = new byte[PARTS][];
        for (int i = 0; i < PARTS; i++) {
            decoded[i] = CanonicalBase64.decode(parts[i]).orElseThrow(() -> new UnsealingException(Reason.MALFORMED));
        }
        if (decoded[ENCRYPTED_KEY].length != 0 || decoded[IV].length != IV_BYTES || decoded[TAG].length != TAG_BYTES) {
            throw new UnsealingException(Reason.MALFORMED);
        }
        return decoded;
    }

    private static String encryption(SecretKey key) {
        return "A" + key.getEncoded().length * Byte.SIZE + "GCM";
    }

    private static JWEHeader requireOurHeader(byte[] json) throws UnsealingException {
        JWEHeader header;
        try {
            header = JsonSerialization.readValue(json, JWEHeader.class);
        } catch (IOException e) {
            throw new UnsealingException(Reason.MALFORMED);
        }
        boolean ours = header != null
                && JWEConstants.DIRECT.equals(header.getAlgorithm())
                && header.getCompressionAlgorithm() == null
                && header.getKeyId() != null;
        if (!ours) {
            throw new UnsealingException(Reason.UNSUPPORTED);
        }
        return header;
    }
}
