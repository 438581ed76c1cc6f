package io.github.totpguard.keycloak.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.totpguard.keycloak.sealing.UnsealingException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.common.crypto.CryptoIntegration;

class SecretSealerTest {
    private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/";
    private static final SealingContext HERE = context("realm", "user", "credential", SealingPurpose.OTP_CREDENTIAL);

    private final TestKeys keys = new TestKeys("kid-1");
    private final SecretSealer sealer = new SecretSealer(keys);

    @BeforeAll
    static void crypto() {
        CryptoIntegration.init(SecretSealerTest.class.getClassLoader());
    }

    @Test
    @Tag("T3")
    @Tag("H5")
    @DisplayName("a sealed secret opens in its own context, and its sealed form does not reveal it")
    void roundTrip() throws UnsealingException {
        String sealed = sealer.seal(SECRET, HERE);
        assertThat(sealer.open(sealed, HERE)).isEqualTo(SECRET);
        assertThat(sealed).startsWith("eyJ").doesNotContain(SECRET);
        assertThat(header(sealed)).contains("\"alg\":\"dir\"", "\"enc\":\"A256GCM\"", "\"kid\":\"kid-1\"");
    }

    @Test
    @Tag("A12")
    @Tag("G1")
    @DisplayName("a nonce is not used twice: it has 96 random bits, and the tag 128 bits")
    void nonces() {
        String[] one = sealer.seal(SECRET, HERE).split("\\.");
        String[] two = sealer.seal(SECRET, HERE).split("\\.");
        assertThat(one[2]).isNotEqualTo(two[2]);
        assertThat(Base64.getUrlDecoder().decode(one[2])).hasSize(12);
        assertThat(Base64.getUrlDecoder().decode(one[4])).hasSize(16);
    }

    @Test
    @Tag("S36")
    @DisplayName("a change of any bit of the value is detected")
    void everyBit() {
        byte[] whole = sealer.seal(SECRET, HERE).getBytes(StandardCharsets.ISO_8859_1);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(new String(flipped, StandardCharsets.ISO_8859_1), HERE);
        }
    }

    @Test
    @Tag("S36")
    @DisplayName("every truncation at either end is refused")
    void everyTruncation() {
        String whole = sealer.seal(SECRET, HERE);
        for (int length = 0; length < whole.length(); length++) {
            assertRefused(whole.substring(0, length), HERE);
            assertRefused(whole.substring(whole.length() - length), HERE);
        }
    }

    @Test
    @Tag("S36")
    @DisplayName("additional characters, or a tag that begins with characters of the text, are refused")
    void otherSpellings() {
        String whole = sealer.seal(SECRET, HERE);
        String[] parts = whole.split("\\.");
        String longerTag = String.join(
                ".",
                parts[0],
                "",
                parts[2],
                parts[3].substring(0, parts[3].length() - 4),
                parts[3].substring(parts[3].length() - 4) + parts[4]);
        for (String other : new String[] {whole + "=", whole + ".", whole + "A", " " + whole, longerTag}) {
            assertRefused(other, HERE);
        }
    }

    @Test
    @Tag("D2")
    @DisplayName("a value from another realm, user, credential or purpose is refused as foreign")
    void foreign() {
        String sealed = sealer.seal(SECRET, HERE);
        for (SealingContext elsewhere : new SealingContext[] {
            context("other", "user", "credential", SealingPurpose.OTP_CREDENTIAL),
            context("realm", "other", "credential", SealingPurpose.OTP_CREDENTIAL),
            context("realm", "user", "other", SealingPurpose.OTP_CREDENTIAL),
            context("realm", "user", "credential", SealingPurpose.PENDING_DEVICE)
        }) {
            assertThat(reason(sealed, elsewhere)).isEqualTo(Reason.FOREIGN);
        }
    }

    @Test
    @Tag("S36")
    @DisplayName("a value does not open if its key was removed, nor with another key under the same id")
    void keys() {
        String sealed = sealer.seal(SECRET, HERE);
        keys.remove("kid-1");
        assertThat(reason(sealed, HERE)).isEqualTo(Reason.KEY_MISSING);
        keys.add("kid-1", (byte) 77);
        assertThat(reason(sealed, HERE)).isEqualTo(Reason.TAMPERED);
    }

    @Test
    @Tag("A12")
    @DisplayName("after a rotation, old values open with their own key and new values use the new key")
    void rotation() throws UnsealingException {
        String old = sealer.seal(SECRET, HERE);
        keys.add("kid-2", (byte) 2);
        keys.active = "kid-2";
        assertThat(sealer.open(old, HERE)).isEqualTo(SECRET);
        assertThat(header(sealer.seal(SECRET, HERE))).contains("kid-2");
    }

    @Test
    @Tag("A12")
    @DisplayName("another alg or enc, and compression, are refused")
    void otherHeaders() {
        String[] parts = sealer.seal(SECRET, HERE).split("\\.");
        for (String header : new String[] {
            "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\",\"kid\":\"kid-1\"}",
            "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"kid\":\"kid-1\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"zip\":\"DEF\",\"kid\":\"kid-1\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\"}",
            "{}",
            "null"
        }) {
            parts[0] = Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8));
            assertThat(reason(String.join(".", parts), HERE)).as(header).isEqualTo(Reason.UNSUPPORTED);
        }
    }

    @Test
    @Tag("A12")
    @DisplayName("our canonical form, and the same value with its header in another spelling, both open")
    void otherForms() throws UnsealingException {
        String canonical = sealer.seal(SECRET, HERE);
        assertThat(CanonicalJwe.of(canonical)).isPresent();
        assertThat(canonical).isEqualTo(sealedBy("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"kid-1\"}", canonical));
        for (String header : new String[] {
            "{\"enc\":\"A256GCM\",\"alg\":\"dir\",\"kid\":\"kid-1\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"kid\\u002d1\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"kid-1\" }",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"kid-1\",\"typ\":\"JWT\"}",
            "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"x\",\"kid\":\"kid-1\"}"
        }) {
            String other = sealedBy(header, canonical);
            assertThat(CanonicalJwe.of(other)).as(header).isEmpty();
            assertThat(sealer.open(other, HERE)).as(header).isEqualTo(SECRET);
        }
    }

    @Test
    @Tag("A12")
    @DisplayName("a value for a 128-bit key opens, but not as our canonical form")
    void shortKey() throws UnsealingException {
        keys.add("short", new byte[16]);
        keys.active = "short";
        String sealed = sealer.seal(SECRET, HERE);
        assertThat(CanonicalJwe.of(sealed)).isEmpty();
        assertThat(sealer.open(sealed, HERE)).isEqualTo(SECRET);
    }

    @Test
    @Tag("A12")
    @DisplayName("our canonical form under the id of a shorter key is unsupported, because the key decides")
    void shorterKeyUnderTheSameId() {
        String sealed = sealer.seal(SECRET, HERE);
        keys.add("kid-1", new byte[16]);
        assertThat(CanonicalJwe.of(sealed)).isPresent();
        assertThat(reason(sealed, HERE)).isEqualTo(Reason.UNSUPPORTED);
        assertThat(reasonOfAnyForm(sealed)).isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    @Tag("A12")
    @DisplayName("values open also if JSON must escape the key id or the key id is not ASCII")
    void otherKeyIds() throws UnsealingException {
        for (String kid : new String[] {
            "", "a", "ab", "a\"b", "a\\b", "sch\u00fcssel", "\ud83d\udd11", "a\u0001", "a b", "a\u007f"
        }) {
            keys.add(kid, (byte) 3);
            keys.active = kid;
            assertThat(sealer.open(sealer.seal(SECRET, HERE), HERE)).isEqualTo(SECRET);
        }
    }

    @Test
    @Tag("S36")
    @DisplayName("our canonical form and Keycloak's JWE classes give the same secret or reason for every change")
    void bothWaysAgree() {
        Random random = new Random(14);
        keys.add("kid-2", (byte) 2);
        String whole = sealer.seal(SECRET, HERE);
        int opened = 0;
        for (int round = 0; round < 5_000; round++) {
            String changed = mutated(whole, random);
            Optional<CanonicalJwe> canonical = CanonicalJwe.of(changed);
            if (canonical.isPresent()) {
                opened++;
                assertThat(reason(changed, HERE)).isEqualTo(reasonOfAnyForm(changed));
            }
        }
        // Make sure that values were compared.
        assertThat(opened).isGreaterThan(500);
    }

    @Test
    @DisplayName("a sealer looks up a key only once, unless it was missing")
    void oneLookup() throws UnsealingException {
        String one = sealer.seal(SECRET, HERE);
        String two = sealer.seal(SECRET, HERE);
        keys.remove("kid-1");
        assertThat(reason(one, HERE)).isEqualTo(Reason.KEY_MISSING);
        keys.add("kid-1", (byte) 1);
        keys.lookups = 0;
        assertThat(sealer.open(one, HERE)).isEqualTo(SECRET);
        assertThat(sealer.open(two, HERE)).isEqualTo(SECRET);
        assertThat(keys.lookups).isEqualTo(1);
    }

    /**
     * Returns the value with a changed, inserted or removed character, another key id of the same length, or a part of
     * another value.
     */
    private String mutated(String whole, Random random) {
        int at = random.nextInt(whole.length());
        char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
        String[] parts = whole.split("\\.", -1);
        switch (random.nextInt(6)) {
            case 0:
                return whole.substring(0, at) + whole.substring(at + 1);
            case 1:
                return whole.substring(0, at) + letter + whole.substring(at);
            case 2:
                parts[0] = encoded("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"kid-" + random.nextInt(4) + "\"}");
                return String.join(".", parts);
            case 3:
                int part = random.nextInt(parts.length);
                parts[part] = sealer.seal(SECRET, HERE).split("\\.", -1)[part];
                return String.join(".", parts);
            default:
                return whole.substring(0, at) + letter + whole.substring(at + 1);
        }
    }

    /** Seals the value's content under another header, which the tag covers. */
    private String sealedBy(String header, String sealed) {
        try {
            String[] parts = sealed.split("\\.", -1);
            byte[] iv = Base64.getUrlDecoder().decode(parts[2]);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, keys.find("kid-1").orElseThrow(), new GCMParameterSpec(128, iv));
            cipher.updateAAD(encoded(header).getBytes(StandardCharsets.US_ASCII));
            byte[] text = cipher.doFinal(CanonicalJwe.of(sealed)
                    .orElseThrow()
                    .open(keys.find("kid-1").orElseThrow()));
            int tag = text.length - 16;
            return String.join(
                    ".",
                    encoded(header),
                    "",
                    parts[2],
                    encoded(Arrays.copyOf(text, tag)),
                    encoded(Arrays.copyOfRange(text, tag, text.length)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Reason reasonOfAnyForm(String value) {
        return reason(() -> {
            SealedContent content = SealedContent.read(sealer.openAnyForm(value));
            assertThat(content.secret()).isEqualTo(SECRET);
        });
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    @Tag("S36")
    @DisplayName("without an active key, sealing fails")
    void noActiveKey() {
        keys.active = "gone";
        assertThatThrownBy(() -> sealer.seal(SECRET, HERE))
                .isInstanceOf(SealingUnavailableException.class)
                .hasMessageNotContaining(SECRET);
    }

    private void assertRefused(String value, SealingContext context) {
        assertThat(reason(value, context))
                .as("reason for a value of %d characters", value.length())
                .isNotNull();
    }

    private Reason reason(String value, SealingContext context) {
        return reason(() -> sealer.open(value, context));
    }

    private static Reason reason(ThrowingCallable opening) {
        return Optional.ofNullable(catchThrowableOfType(UnsealingException.class, opening))
                .map(UnsealingException::reason)
                .orElse(null);
    }

    private static String header(String sealed) {
        return new String(Base64.getUrlDecoder().decode(sealed.split("\\.")[0]), StandardCharsets.UTF_8);
    }

    private static SealingContext context(String realm, String user, String credential, SealingPurpose purpose) {
        return new SealingContext(realm, user, credential, purpose);
    }

    private static final class TestKeys implements SealingKeys {
        private final Map<String, SecretKey> keys = new HashMap<>();
        private String active;
        private int lookups;

        TestKeys(String kid) {
            add(kid, (byte) 1);
            active = kid;
        }

        void add(String kid, byte fill) {
            byte[] bytes = new byte[32];
            Arrays.fill(bytes, fill);
            add(kid, bytes);
        }

        void add(String kid, byte[] bytes) {
            keys.put(kid, new SecretKeySpec(bytes, "AES"));
        }

        void remove(String kid) {
            keys.remove(kid);
        }

        @Override
        public SealingKey active() {
            return find(active)
                    .map(key -> new SealingKey(active, key))
                    .orElseThrow(() -> new SealingUnavailableException("no active key"));
        }

        @Override
        public Optional<SecretKey> find(String kid) {
            lookups++;
            return Optional.ofNullable(keys.get(kid));
        }
    }
}
