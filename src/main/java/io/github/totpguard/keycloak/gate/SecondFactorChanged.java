package io.github.totpguard.keycloak.gate;

import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory after the user or an administrator added or removed a device of the user. All
 * trust in browsers that was given for the previous devices then ends.
 *
 * @param user the owner of the device
 */
public record SecondFactorChanged(GuardedUser user) implements ProviderEvent {}
