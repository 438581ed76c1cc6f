package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.keycloak.gate.TrustFingerprint;
import jakarta.ws.rs.HttpMethod;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Ends a user's trust in browsers in two cases that {@link TrustFingerprint} does not notice: the user signs out
 * everywhere, or gets a new password that another system stores.
 */
final class SignOutListener implements EventListenerProvider {
    private static final Pattern ACCOUNT_SESSIONS = Pattern.compile(".*/account(/v[^/]+)?/sessions/?");
    private static final Pattern RESET_PASSWORD = Pattern.compile("users/([^/]+)/reset-password");

    private final KeycloakSession session;

    SignOutListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        Map<String, String> details = Optional.ofNullable(event.getDetails()).orElse(Map.of());
        boolean endsTrust =
                switch (event.getType()) {
                    case LOGOUT -> isOfAllSessions(details);
                    case UPDATE_PASSWORD -> true;
                    case UPDATE_CREDENTIAL -> PasswordCredentialModel.TYPE.equals(details.get(Details.CREDENTIAL_TYPE));
                    default -> false;
                };
        if (endsTrust && event.getUserId() != null) {
            end(event.getRealmId(), event.getUserId());
        }
    }

    /**
     * Whether all sessions end. The event is the same as for a single session; only the request says that all of them
     * end.
     */
    private boolean isOfAllSessions(Map<String, String> details) {
        return details.containsKey(Details.LOGOUT_TRIGGERED_BY_REQUIRED_ACTION)
                || details.containsKey(Details.LOGOUT_TRIGGERED_BY_ACTION_TOKEN)
                || (HttpMethod.DELETE.equals(
                                session.getContext().getHttpRequest().getHttpMethod())
                        && ACCOUNT_SESSIONS
                                .matcher(session.getContext().getUri().getPath())
                                .matches());
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.USER
                && event.getOperationType() == OperationType.ACTION
                && event.getError() == null) {
            Matcher path = RESET_PASSWORD.matcher(event.getResourcePath());
            if (path.matches()) {
                end(event.getRealmId(), path.group(1));
            }
        }
    }

    private void end(String realmId, String userId) {
        RealmModel realm = session.realms().getRealm(realmId);
        Optional.ofNullable(realm)
                .map(known -> session.users().getUserById(known, userId))
                .map(StoredBrowsers::of)
                .ifPresent(StoredBrowsers::removeAll);
    }

    @Override
    public void close() {
        // nothing to close
    }
}
