package io.github.totpguard.keycloak.gate;

import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Published to Keycloak's session factory when a user's code was accepted who wants this browser to be trusted from now
 * on.
 *
 * @param session the request's, whose answer goes to that browser
 * @param realm of the user
 * @param user whose code it was
 * @param authenticationSession of the login
 * @param event of the login, for details
 */
public record TrustRequested(
        KeycloakSession session,
        RealmModel realm,
        UserModel user,
        AuthenticationSessionModel authenticationSession,
        EventBuilder event)
        implements ProviderEvent {}
