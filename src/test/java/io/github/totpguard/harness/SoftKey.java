package io.github.totpguard.harness;

import io.github.totpguard.harness.HttpLogin.Outcome;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.representations.idm.CredentialRepresentation;

/**
 * A security key in software, for logins without a browser. It holds one ES256 credential, sends no attestation, and
 * reports its user as present and verified. Its sign counter increases with each signature. Not thread-safe.
 */
public final class SoftKey {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final HexFormat HEX = HexFormat.of();
    private static final UUID NO_AAGUID = new UUID(0, 0);
    private static final int ID_BYTES = 32;
    private static final int AAGUID_BYTES = 16;
    private static final int COORDINATE_BYTES = 32;

    // Web Authentication section 6.1: the bits of the flags.
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int HAS_CREDENTIAL = 0x40;

    private final KeyPair keys;
    private final byte[] id;
    private String userHandle;
    private int signatures;

    public SoftKey() {
        this(ecKeys(), randomId(), "", 0);
    }

    private SoftKey(KeyPair keys, byte[] id, String userHandle, int signatures) {
        this.keys = keys;
        this.id = id;
        this.userHandle = userHandle;
        this.signatures = signatures;
    }

    /** An attacker's key: it has the credential id of this key, but another private key. */
    public SoftKey forged() {
        return new SoftKey(ecKeys(), id, userHandle, signatures);
    }

    /** A copy with its own sign counter, which the server can detect. */
    public SoftKey cloned() {
        return new SoftKey(keys, id, userHandle, signatures);
    }

    /** The key names its user from now on, as passkeys do; a login without a user name needs this. */
    public SoftKey of(String userId) {
        userHandle = base64Url(userId.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A second factor (type {@code webauthn}) for a user representation. */
    public CredentialRepresentation secondFactor(String label) {
        return credential(label, WebAuthnCredentialModel.TYPE_TWOFACTOR);
    }

    /** A passkey (type {@code webauthn-passwordless}) for a user representation. */
    public CredentialRepresentation passkey(String label) {
        return credential(label, WebAuthnCredentialModel.TYPE_PASSWORDLESS);
    }

    /**
     * Signs the challenge of the current page, {@code webauthn-authenticate.ftl}, and posts the fields that the page's
     * script posts.
     */
    public Outcome answer(HttpLogin login) {
        byte[] clientData = clientData("webauthn.get", login);
        byte[] authenticatorData = authenticatorData(login, USER_PRESENT | USER_VERIFIED);
        Map<String, String> fields = new TreeMap<>();
        fields.put("clientDataJSON", base64Url(clientData));
        fields.put("authenticatorData", base64Url(authenticatorData));
        fields.put("signature", base64Url(sign(join(authenticatorData, sha256(clientData)))));
        fields.put("credentialId", base64Url(id));
        fields.put("userHandle", userHandle);
        fields.put("error", "");
        return login.post("authenticatorData", fields);
    }

    /** Registers the key at the current page, {@code webauthn-register.ftl}. From then on the key names its user. */
    public Outcome register(HttpLogin login, String label) {
        userHandle = valueOnPage(login, "userid");
        byte[] authenticatorData = join(
                authenticatorData(login, USER_PRESENT | USER_VERIFIED | HAS_CREDENTIAL),
                new byte[AAGUID_BYTES],
                ByteBuffer.allocate(Short.BYTES).putShort((short) id.length).array(),
                id,
                publicKey());
        Map<String, String> fields = new TreeMap<>();
        fields.put("clientDataJSON", base64Url(clientData("webauthn.create", login)));
        fields.put("attestationObject", base64Url(attestation(authenticatorData)));
        fields.put("publicKeyCredentialId", base64Url(id));
        fields.put("authenticatorLabel", label);
        fields.put("transports", "usb");
        fields.put("authenticatorAttachment", "cross-platform");
        fields.put("error", "");
        return login.post("attestationObject", fields);
    }

    /** Posts the fields that the script of either page posts when the user does not touch the key. */
    public static Outcome giveUp(HttpLogin login) {
        return login.post("clientDataJSON", Map.of("error", "NotAllowedError: The operation timed out."));
    }

    private CredentialRepresentation credential(String label, String type) {
        WebAuthnCredentialModel model = WebAuthnCredentialModel.create(
                type,
                label,
                NO_AAGUID.toString(),
                Base64.getEncoder().encodeToString(id),
                null,
                base64Url(publicKey()),
                signatures,
                "none",
                Set.of("usb"));
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(type);
        credential.setUserLabel(label);
        credential.setCredentialData(model.getCredentialData());
        credential.setSecretData(model.getSecretData());
        return credential;
    }

    // Web Authentication section 5.8.1. The browser writes this, with the origin of the page.
    private static byte[] clientData(String type, HttpLogin login) {
        URI page = login.page();
        return AdminApi.JSON
                .createObjectNode()
                .put("type", type)
                .put("challenge", valueOnPage(login, "challenge"))
                .put("origin", page.getScheme() + "://" + page.getAuthority())
                .put("crossOrigin", false)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    // Web Authentication section 6.1: hash of the RP id, flags, sign counter.
    private byte[] authenticatorData(HttpLogin login, int flags) {
        byte[] rpId = valueOnPage(login, "rpId").getBytes(StandardCharsets.UTF_8);
        byte[] rest = ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) flags)
                .putInt(++signatures)
                .array();
        return join(sha256(rpId), rest);
    }

    // Web Authentication section 6.5.4, in CBOR: {"fmt": "none", "attStmt": {}, "authData": h'...'}.
    private static byte[] attestation(byte[] authenticatorData) {
        return join(
                HEX.parseHex("a363666d74646e6f6e656761747453746d74a0686175746844617461"),
                new byte[] {0x58, (byte) authenticatorData.length},
                authenticatorData);
    }

    // RFC 9053 section 7.1.1, in CBOR: {kty: EC2, alg: ES256, crv: P-256, x: h'...', y: h'...'}.
    private byte[] publicKey() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        return join(
                HEX.parseHex("a5010203262001215820"),
                coordinate(key.getW().getAffineX()),
                HEX.parseHex("225820"),
                coordinate(key.getW().getAffineY()));
    }

    private static byte[] coordinate(BigInteger value) {
        return HEX.parseHex(("0".repeat(2 * COORDINATE_BYTES) + value.toString(16))
                .substring(value.toString(16).length()));
    }

    private static String valueOnPage(HttpLogin login, String name) {
        Matcher value = Pattern.compile("\\b" + name + "\\s*:\\s*\"([^\"]+)\"").matcher(login.body());
        if (!value.find()) {
            throw new AssertionError("no " + name + " for a key on a page of kind " + login.outcome());
        }
        return value.group(1);
    }

    private byte[] sign(byte[] data) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ecKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] randomId() {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return id;
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static String base64Url(byte[] data) {
        return BASE64URL.encodeToString(data);
    }
}
