package io.github.totpguard.keycloak.gate;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Published to Keycloak's session factory when a device of a user was added or removed, by the user or an administrator:
 * what was trusted because of the devices there were is not trusted any more.
 *
 * @param session the request's
 * @param realm of the user
 * @param user whose device it is
 */
public record SecondFactorChanged(KeycloakSession session, RealmModel realm, UserModel user) implements ProviderEvent {}
