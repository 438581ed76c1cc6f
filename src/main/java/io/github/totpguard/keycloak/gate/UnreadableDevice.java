package io.github.totpguard.keycloak.gate;

/**
 * A stored device whose codes cannot be checked.
 *
 * @param credentialId the id of its credential
 * @param reason why opening the secret failed, or {@code parameters} if the rest of the row is not usable; in lower
 *     case, for events and logs
 */
public record UnreadableDevice(String credentialId, String reason) {}
