package io.github.totpguard.keycloak.gate;

import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory if an attempt could not be decided. No code was accepted and no failure was
 * counted.
 *
 * @param realm the user's realm
 * @param channel where the attempt came from
 * @param cause why the attempt could not be decided
 */
public record AttemptImpossible(RealmModel realm, Channel channel, VerificationUnavailableException.Cause cause)
        implements ProviderEvent {}
