package io.github.totpguard.keycloak.gate;

import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory when a device of a user was added or removed, by the user or an administrator. Trust
 * that was given because of the devices there were ends.
 *
 * @param user whose device it is
 */
public record SecondFactorChanged(GuardedUser user) implements ProviderEvent {}
