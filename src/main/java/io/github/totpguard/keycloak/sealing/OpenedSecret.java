package io.github.totpguard.keycloak.sealing;

/**
 * A secret as Keycloak stores it.
 *
 * @param text to be read by the credential's {@code secretEncoding}
 * @param wasSealed false where it is stored as plaintext
 */
public record OpenedSecret(String text, boolean wasSealed) {
    @Override
    public String toString() {
        return "OpenedSecret[wasSealed=" + wasSealed + "]";
    }
}
