package io.github.totpguard.keycloak.entrances;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The rule of all entrances: in realms where TOTP Guard is on, calls go to TOTP Guard, in other realms to Keycloak's
 * own implementation. It is evaluated at every call.
 */
final class Entrances {
    /** The order of the factories. Among factories with the same id, Keycloak uses the one with the highest order. */
    static final int BEFORE_KEYCLOAKS_OWN = 100;

    private Entrances() {}

    static boolean leadToOurs(KeycloakSession session) {
        return GuardPolicy.isOn(session.getContext().getRealm());
    }

    static Authenticator step(KeycloakSession session, String ours, Authenticator keycloaks) {
        return leadToOurs(session) ? session.getProvider(Authenticator.class, ours) : keycloaks;
    }

    static RequiredActionProvider action(KeycloakSession session, String ours, RequiredActionProvider keycloaks) {
        return leadToOurs(session) ? session.getProvider(RequiredActionProvider.class, ours) : keycloaks;
    }

    /**
     * The optional categories for the account console. The page accepts backup codes and offers trust if the flow has
     * no steps for them.
     */
    static Set<String> optionalCategories(KeycloakSession session, Set<String> keycloaks) {
        return leadToOurs(session) ? Set.of(SecondFactor.BACKUP_CODES.type(), GuardNames.TRUSTED_BROWSER) : keycloaks;
    }
}
