package io.github.totpguard.keycloak.gate;

import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory after the user or an administrator added or removed a device or a security key of
 * the user. All trust in browsers that was given for the previous ones then ends.
 *
 * @param user the owner
 */
public record SecondFactorChanged(GuardedUser user) implements ProviderEvent {}
