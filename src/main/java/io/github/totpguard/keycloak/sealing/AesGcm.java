package io.github.totpguard.keycloak.sealing;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;

/**
 * AES-GCM of the security provider that Java prefers. The provider is looked up only once, because the lookup takes
 * longer than opening a secret.
 */
final class AesGcm {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final Provider PREFERRED = preferred();

    private AesGcm() {}

    static Cipher cipher() throws GeneralSecurityException {
        return Cipher.getInstance(TRANSFORMATION, PREFERRED);
    }

    private static Provider preferred() {
        try {
            return Cipher.getInstance(TRANSFORMATION).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No security provider supports " + TRANSFORMATION, e);
        }
    }
}
