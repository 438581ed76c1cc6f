package io.github.totpguard.keycloak.sealing;

/**
 * Where a secret belongs. It is sealed with the secret and checked when it is opened, so that a row copied elsewhere
 * does not open there.
 *
 * @param realmId the realm's id
 * @param userId the user's id
 * @param credentialId the credential's id, or that of the credential it will become
 * @param purpose what it is for
 */
public record SealingContext(String realmId, String userId, String credentialId, SealingPurpose purpose) {
    public SealingContext {
        if (realmId == null || userId == null || credentialId == null || purpose == null) {
            throw new IllegalArgumentException("A sealed secret belongs to a realm, a user and a credential");
        }
    }
}
