package io.github.totpguard.keycloak.gate;

import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory when an attempt was decided and committed, before the caller is answered.
 *
 * @param user whose attempt it was, in the request that made it
 * @param channel where it came from
 * @param outcome what was decided
 */
public record AttemptDecided(GuardedUser user, Channel channel, AttemptOutcome outcome) implements ProviderEvent {}
