package io.github.totpguard.keycloak.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A sealed value in exactly the form that {@link SecretSealer} produces with a 256-bit key. It is opened directly with
 * AES-GCM (RFC 7516 section 5.2), because Keycloak's JWE classes parse the header twice and use a slower cipher.
 */
final class CanonicalJwe {
    /**
     * The base64url of <code>{"alg":"dir","enc":"A256GCM","kid":"</code>. It encodes 36 bytes, so the key id begins at
     * a new character.
     */
    private static final String HEADER_START = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoi";

    private static final String HEADER_END = "\"}";

    /** The encrypted key follows the header, and is empty. */
    private static final String NO_ENCRYPTED_KEY = "..";

    private static final char DELETE = 0x7f;
    private static final int KEY_BYTES = 32;
    private static final int IV_CHARACTERS = 16;
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = TAG_BITS / Byte.SIZE;
    private static final int TAG_CHARACTERS = 22;

    private final String header;
    private final String kid;
    private final byte[] iv;
    private final byte[] textAndTag;

    private CanonicalJwe(String header, String kid, byte[] iv, byte[] textAndTag) {
        this.header = header;
        this.kid = kid;
        this.iv = iv;
        this.textAndTag = textAndTag;
    }

    /** Parses a value; empty if it has another form, which may still be valid. */
    static Optional<CanonicalJwe> of(String sealed) {
        int headerEnd = sealed.indexOf('.');
        int ivStart = headerEnd + NO_ENCRYPTED_KEY.length();
        int ivEnd = ivStart + IV_CHARACTERS;
        int tagStart = sealed.length() - TAG_CHARACTERS;
        int textEnd = tagStart - 1;
        boolean hasForm = sealed.startsWith(HEADER_START)
                && sealed.startsWith(NO_ENCRYPTED_KEY, headerEnd)
                && textEnd > ivEnd
                && sealed.charAt(ivEnd) == '.'
                && sealed.charAt(textEnd) == '.';
        if (!hasForm) {
            return Optional.empty();
        }
        String header = sealed.substring(0, headerEnd);
        Optional<String> kid = CanonicalBase64.decode(header.substring(HEADER_START.length()))
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .filter(end -> end.endsWith(HEADER_END))
                .map(end -> end.substring(0, end.length() - HEADER_END.length()))
                .filter(CanonicalJwe::isPlain);
        Optional<byte[]> iv = CanonicalBase64.decode(sealed.substring(ivStart, ivEnd));
        Optional<byte[]> text = CanonicalBase64.decode(sealed.substring(ivEnd + 1, textEnd));
        Optional<byte[]> tag = CanonicalBase64.decode(sealed.substring(tagStart));
        return kid.isPresent() && iv.isPresent() && text.isPresent() && tag.isPresent()
                ? Optional.of(new CanonicalJwe(header, kid.get(), iv.get(), join(text.get(), tag.get())))
                : Optional.empty();
    }

    /** Whether JSON contains the text unescaped: ASCII without control characters, quotation marks and backslashes. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= DELETE || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Joins both to one array, as {@link Cipher} requires. */
    private static byte[] join(byte[] text, byte[] tag) {
        byte[] joined = Arrays.copyOf(text, text.length + TAG_BYTES);
        System.arraycopy(tag, 0, joined, text.length, TAG_BYTES);
        return joined;
    }

    /** The id of the key that the value was sealed with. */
    String kid() {
        return kid;
    }

    /** Whether the key has the length that the header states. */
    boolean isFor(SecretKey key) {
        return key.getEncoded().length == KEY_BYTES;
    }

    /** @throws GeneralSecurityException if the value was changed or was sealed with another key */
    byte[] open(SecretKey key) throws GeneralSecurityException {
        Cipher cipher = AesGcm.cipher();
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(header.getBytes(StandardCharsets.US_ASCII));
        return cipher.doFinal(textAndTag);
    }
}
