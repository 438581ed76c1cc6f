package io.github.totpguard.keycloak.gate;

import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory when an attempt could not be decided: nothing was accepted or counted.
 *
 * @param realm of the user
 * @param channel where it came from
 * @param cause why
 */
public record AttemptImpossible(RealmModel realm, Channel channel, VerificationUnavailableException.Cause cause)
        implements ProviderEvent {}
