package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.SecondFactorChanged;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.notify.mail.ChangeNotice;
import io.github.totpguard.keycloak.notify.mail.CredentialChange;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.WebAuthnConstants;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Detects changes of credentials and identity links, and the removal of trust in browsers, through the events that
 * Keycloak and TOTP Guard write. No other place sees all changes: Keycloak removes credentials without calling their
 * provider, in its own required action, in the account REST API and in the admin REST API.
 */
final class CredentialChangeListener implements EventListenerProvider {
    private static final Pattern CREDENTIAL_OF_USER = Pattern.compile("users/([^/]+)/credentials/[^/]+");

    private final KeycloakSession session;

    CredentialChangeListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        Map<String, String> details = Optional.ofNullable(event.getDetails()).orElse(Map.of());
        switch (event.getType()) {
            case UPDATE_CREDENTIAL -> changed(event, details, addition(details));
            case REMOVE_CREDENTIAL -> changed(event, details, removal(details));
            case FEDERATED_IDENTITY_LINK -> linked(event, details, CredentialChange.IDENTITY_LINKED);
            case REMOVE_FEDERATED_IDENTITY -> linked(event, details, CredentialChange.IDENTITY_UNLINKED);
            case UPDATE_EMAIL -> emailChanged(event, details.get(Details.PREVIOUS_EMAIL));
            default -> {
                // not a change of credentials
            }
        }
    }

    private void changed(Event event, Map<String, String> details, Optional<CredentialChange> change) {
        withUser(event.getRealmId(), event.getUserId(), user -> {
            publish(user, details);
            change.ifPresent(what -> ChangeNotice.tell(user, what, name(details), 0));
        });
    }

    private void linked(Event event, Map<String, String> details, CredentialChange change) {
        String provider = details.getOrDefault(Details.IDENTITY_PROVIDER, "");
        withUser(event.getRealmId(), event.getUserId(), user -> ChangeNotice.tell(user, change, provider, 0));
    }

    /** @param address the former address; null if there was none */
    private void emailChanged(Event event, String address) {
        if (address != null) {
            withUser(
                    event.getRealmId(),
                    event.getUserId(),
                    user -> ChangeNotice.tellAt(user, CredentialChange.EMAIL_CHANGED, address));
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // The user's id is in the path. Only the path of a removal ends with the credential's id. The paths of other
        // actions on a credential continue with the name of the action.
        if (event.getOperationType() != OperationType.ACTION || event.getResourcePath() == null) {
            return;
        }
        Matcher path = CREDENTIAL_OF_USER.matcher(event.getResourcePath());
        if (path.matches()) {
            Map<String, String> details =
                    Optional.ofNullable(event.getDetails()).orElse(Map.of());
            withUser(event.getRealmId(), path.group(1), user -> {
                publish(user, details);
                removal(details).ifPresent(what -> ChangeNotice.tellOfAdministrator(user, what, name(details)));
            });
        }
    }

    private static Optional<CredentialChange> addition(Map<String, String> details) {
        return lastingFactor(details)
                .map(factor -> factor.isKey() ? CredentialChange.KEY_ADDED : CredentialChange.DEVICE_ADDED);
    }

    private static Optional<CredentialChange> removal(Map<String, String> details) {
        return GuardNames.TRUSTED_BROWSER.equals(details.get(Details.CREDENTIAL_TYPE))
                ? Optional.of(CredentialChange.TRUST_REMOVED)
                : lastingFactor(details)
                        .map(factor -> factor.isKey() ? CredentialChange.KEY_REMOVED : CredentialChange.DEVICE_REMOVED);
    }

    /** Backup codes are excluded, because they have mails of their own: about their use and about new codes. */
    private static Optional<SecondFactor> lastingFactor(Map<String, String> details) {
        return SecondFactor.ofType(details.get(Details.CREDENTIAL_TYPE)).filter(SecondFactor::lasts);
    }

    /**
     * Publishes a change of the factors, because trust in browsers depends on them. If the trust of one browser is
     * removed, the other browsers stay trusted, so nothing is published.
     */
    private void publish(GuardedUser user, Map<String, String> details) {
        lastingFactor(details)
                .ifPresent(factor -> session.getKeycloakSessionFactory().publish(new SecondFactorChanged(user)));
    }

    private static String name(Map<String, String> details) {
        return Stream.of(Details.CREDENTIAL_USER_LABEL, WebAuthnConstants.PUBKEY_CRED_LABEL_ATTR)
                .flatMap(key -> Stream.ofNullable(details.get(key)))
                .findFirst()
                .orElse("");
    }

    private void withUser(String realmId, String userId, Consumer<GuardedUser> work) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null || userId == null || !GuardPolicy.isOn(realm)) {
            return;
        }
        UserModel user = session.users().getUserById(realm, userId);
        if (user != null) {
            work.accept(new GuardedUser(session, realm, user));
        }
    }

    @Override
    public void close() {
        // nothing to close
    }
}
