package io.github.totpguard.keycloak.sealing;

/**
 * The context of a secret. It is sealed with the secret and checked when the secret is opened, so that a row that was
 * copied to another place does not open there.
 *
 * @param realmId the realm's id
 * @param userId the user's id
 * @param credentialId the id of the credential, also if the credential is not stored yet
 * @param purpose what the secret is used for
 */
public record SealingContext(String realmId, String userId, String credentialId, SealingPurpose purpose) {
    public SealingContext {
        if (realmId == null || userId == null || credentialId == null || purpose == null) {
            throw new IllegalArgumentException("realmId, userId, credentialId or purpose is missing");
        }
    }
}
