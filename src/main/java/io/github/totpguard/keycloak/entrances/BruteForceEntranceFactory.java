package io.github.totpguard.keycloak.entrances;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.services.managers.DefaultBruteForceProtectorFactory;

/**
 * {@code default-brute-force-detector}. Options, locks and counters are Keycloak's own; it is only spared the reports that
 * change nothing.
 */
public final class BruteForceEntranceFactory extends DefaultBruteForceProtectorFactory {
    /**
     * The least that goes before Keycloak's own. The highest order also makes a protector the server's default, and one
     * that an administrator has added for that must stay the default.
     */
    private static final int JUST_BEFORE_KEYCLOAKS_OWN = 1;

    @Override
    public BruteForceProtector create(KeycloakSession session) {
        return new BruteForceEntrance(session, super.create(session));
    }

    @Override
    public int order() {
        return JUST_BEFORE_KEYCLOAKS_OWN;
    }
}
