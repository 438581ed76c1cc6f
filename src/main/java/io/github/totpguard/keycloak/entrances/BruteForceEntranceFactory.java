package io.github.totpguard.keycloak.entrances;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.BruteForceProtector;
import org.keycloak.services.managers.DefaultBruteForceProtectorFactory;

/**
 * Replaces {@code default-brute-force-detector}. Options, locks and counters are Keycloak's own. Only the reports that
 * change nothing are left out.
 */
public final class BruteForceEntranceFactory extends DefaultBruteForceProtectorFactory {
    /**
     * The lowest order that is higher than Keycloak's own. The protector with the highest order is also the server's
     * default. If an administrator has added a protector to be the default, it must stay the default.
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
