package io.github.totpguard.keycloak.gate;

/**
 * A stored device that cannot answer.
 *
 * @param credentialId whose row it is
 * @param reason in lower case, for events and logs: how opening its secret failed, or {@code parameters} if the rest
 *     of the row is not usable
 */
public record UnreadableDevice(String credentialId, String reason) {}
