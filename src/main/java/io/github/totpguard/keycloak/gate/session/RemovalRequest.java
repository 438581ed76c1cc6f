package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.gate.session.RemovalRule.Refusal;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.theme.Theme;

/**
 * Whether the present request may remove a credential. Credential providers ask it when Keycloak asks them for their
 * metadata, because that is what every way on which users remove their own goes through.
 */
public final class RemovalRequest {
    private final KeycloakSession session;
    private final KeycloakContext context;

    private RemovalRequest(KeycloakSession session) {
        this.session = session;
        this.context = session.getContext();
    }

    public static RemovalRequest of(KeycloakSession session) {
        return new RemovalRequest(session);
    }

    /**
     * For {@code removeable} of a credential type's metadata. A request that only looks may always, so that the account
     * console offers to remove and the action behind it says what is missing.
     *
     * @throws jakarta.ws.rs.WebApplicationException with the reason in words if the account console's REST is about to
     *     remove what it must not
     */
    public boolean allows(UserModel user, String credentialType) {
        String method = context.getHttpRequest().getHttpMethod();
        if (user == null || HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method)) {
            return true;
        }
        RealmModel realm = context.getRealm();
        RemovalRule rule = RemovalRule.of(session, realm, user);
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (login != null) {
            // Before its required actions a login only lists its ways in, and must not take the lock that its codes
            // need.
            return !isAtRequiredActions(login)
                    || rule.refusal(credentialType, login, DeleteCredentialAction.PROVIDER_ID)
                            .isEmpty();
        }
        try {
            Optional<Refusal> refusal = rule.refusal(credentialType, Optional.ofNullable(context.getUserSession()));
            if (refusal.isPresent()) {
                throw ErrorResponse.error(words(refusal.get(), realm, user), Response.Status.FORBIDDEN);
            }
            return true;
        } catch (VerificationUnavailableException e) {
            e.logged("Nothing is removed");
            throw ErrorResponse.error(e.reason().name().toLowerCase(Locale.ROOT), Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    private static boolean isAtRequiredActions(AuthenticationSessionModel login) {
        return LoginActionsService.REQUIRED_ACTION.equals(login.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH));
    }

    private String words(Refusal refusal, RealmModel realm, UserModel user) {
        try {
            return session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getEnhancedMessages(realm, context.resolveLocale(user))
                    .getProperty(refusal.messageKey(), refusal.messageKey());
        } catch (IOException e) {
            // The theme's messages cannot be read; the key says enough.
            return refusal.messageKey();
        }
    }
}
