package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.gate.session.RemovalRule.Refusal;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.text.MessageFormat;
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
 * Whether the current request may remove a credential. Credential providers check this when Keycloak asks them for
 * their metadata, because Keycloak does so on every path on which users remove their own credentials.
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
     * For {@code removeable} of the metadata of a credential type. A request that only reads always gets true, so that
     * the account console offers the removal. The action behind it then explains what is missing.
     *
     * @throws jakarta.ws.rs.WebApplicationException if the account console's REST is about to remove a credential that
     *     must stay; it carries the reason as text for the user
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
            // Before its required actions, a login only lists the user's ways in. It must not take the lock that its
            // codes need.
            return !isAtRequiredActions(login)
                    || rule.refusal(credentialType, login, DeleteCredentialAction.PROVIDER_ID)
                            .isEmpty();
        }
        try {
            Optional<Refusal> refusal = rule.refusal(credentialType, Optional.ofNullable(context.getUserSession()));
            if (refusal.isPresent()) {
                throw ErrorResponse.error(message(refusal.get(), realm, user), Response.Status.FORBIDDEN);
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

    private String message(Refusal refusal, RealmModel realm, UserModel user) {
        try {
            Locale locale = context.resolveLocale(user);
            String text = session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getEnhancedMessages(realm, locale)
                    .getProperty(refusal.messageKey(), refusal.messageKey());
            // As on the pages, because an apostrophe is doubled in the file.
            return new MessageFormat(text, locale).format(new Object[0]);
        } catch (IOException e) {
            // If the theme's messages cannot be read, the key still names the reason.
            return refusal.messageKey();
        }
    }
}
