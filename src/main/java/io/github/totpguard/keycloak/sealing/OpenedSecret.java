package io.github.totpguard.keycloak.sealing;

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
