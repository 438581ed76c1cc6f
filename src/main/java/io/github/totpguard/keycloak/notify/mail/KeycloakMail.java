package io.github.totpguard.keycloak.notify.mail;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.events.EventType;
import org.keycloak.events.email.EmailEventListenerProviderFactory;
import org.keycloak.models.RealmModel;

/** Whether Keycloak's own event listener {@code email} mails the user about an event of a type. */
final class KeycloakMail {
    private static final String LISTENERS = "eventsListener";

    /** Those events of our mails that the listener also mails by default. */
    private static final Set<EventType> BY_DEFAULT = Set.of(EventType.UPDATE_CREDENTIAL, EventType.REMOVE_CREDENTIAL);

    private KeycloakMail() {}

    static boolean isSent(RealmModel realm, EventType type) {
        if (realm.getEventsListenersStream().noneMatch(EmailEventListenerProviderFactory.ID::equals)) {
            return false;
        }
        Config.Scope settings = Config.scope(LISTENERS, EmailEventListenerProviderFactory.ID);
        return isIncluded(list(settings, "include-events"), list(settings, "exclude-events"), type);
    }

    /** @param included empty if the server's configuration does not list event types */
    static boolean isIncluded(Optional<List<String>> included, Optional<List<String>> excluded, EventType type) {
        boolean wanted = included.map(types -> isAmong(types, type)).orElseGet(() -> BY_DEFAULT.contains(type));
        return wanted && excluded.filter(types -> isAmong(types, type)).isEmpty();
    }

    private static Optional<List<String>> list(Config.Scope settings, String key) {
        return Optional.ofNullable(settings.getArray(key)).map(List::of);
    }

    private static boolean isAmong(List<String> types, EventType type) {
        return types.stream().anyMatch(type.name()::equalsIgnoreCase);
    }
}
