package io.github.totpguard.keycloak.gate;

import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory after an attempt was decided and committed, and before the caller gets the
 * answer.
 *
 * @param user the user who made the attempt, in the request that made it
 * @param channel where the attempt came from
 * @param outcome the committed result
 */
public record AttemptDecided(GuardedUser user, Channel channel, AttemptOutcome outcome) implements ProviderEvent {}
