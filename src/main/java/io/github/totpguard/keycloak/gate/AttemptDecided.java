package io.github.totpguard.keycloak.gate;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory when an attempt was decided and committed, before anyone is answered.
 *
 * @param session the request's
 * @param realm of the user
 * @param user whose attempt it was
 * @param channel where it came from
 * @param outcome what was decided
 */
public record AttemptDecided(
        KeycloakSession session, RealmModel realm, UserModel user, Channel channel, AttemptOutcome outcome)
        implements ProviderEvent {}
