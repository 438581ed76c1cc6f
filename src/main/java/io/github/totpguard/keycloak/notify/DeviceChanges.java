package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.gate.SecondFactorChanged;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * Notices devices that come and go, by the events that Keycloak and we write of it. There is no other place that sees all
 * of it: Keycloak removes credentials past their provider, by its own action, the account console's REST and the
 * administrators'.
 */
final class DeviceChanges implements EventListenerProvider {
    private static final Set<String> DEVICES = Set.of(
            OTPCredentialModel.TYPE, WebAuthnCredentialModel.TYPE_TWOFACTOR, WebAuthnCredentialModel.TYPE_PASSWORDLESS);

    private static final Pattern CREDENTIAL_OF_USER = Pattern.compile("users/([^/]+)/credentials/[^/]+");

    private final KeycloakSession session;

    DeviceChanges(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        switch (event.getType()) {
            case UPDATE_CREDENTIAL -> changed(event, Change.DEVICE_ADDED);
            case REMOVE_CREDENTIAL -> changed(event, Change.DEVICE_REMOVED);
            default -> {
                // about something else
            }
        }
    }

    private void changed(Event event, Change change) {
        Map<String, String> details = Optional.ofNullable(event.getDetails()).orElse(Map.of());
        String name = details.getOrDefault(Details.CREDENTIAL_USER_LABEL, "");
        changed(
                event.getRealmId(),
                event.getUserId(),
                details.get(Details.CREDENTIAL_TYPE),
                (realm, user) -> ChangeNotice.tell(session, realm, user, change, name, 0));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // Its id is the path's: only a removal ends there, other actions on a credential say what they do.
        if (event.getOperationType() != OperationType.ACTION || event.getResourcePath() == null) {
            return;
        }
        Matcher path = CREDENTIAL_OF_USER.matcher(event.getResourcePath());
        if (path.matches()) {
            Map<String, String> details =
                    Optional.ofNullable(event.getDetails()).orElse(Map.of());
            String name = details.getOrDefault(Details.CREDENTIAL_USER_LABEL, "");
            changed(
                    event.getRealmId(),
                    path.group(1),
                    details.get(Details.CREDENTIAL_TYPE),
                    (realm, user) ->
                            ChangeNotice.tellOfAdministrator(session, realm, user, Change.DEVICE_REMOVED, name));
        }
    }

    private void changed(String realmId, String userId, String type, BiConsumer<RealmModel, UserModel> mail) {
        if (type == null || !DEVICES.contains(type) || userId == null) {
            return;
        }
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null || !GuardPolicy.isOn(realm)) {
            return;
        }
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return;
        }
        session.getKeycloakSessionFactory().publish(new SecondFactorChanged(session, realm, user));
        if (OTPCredentialModel.TYPE.equals(type)) {
            mail.accept(realm, user);
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
