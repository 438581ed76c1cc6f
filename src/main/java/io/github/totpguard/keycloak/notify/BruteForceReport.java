package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.gate.session.SecondFactor;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Tells Keycloak's brute-force protection, where it is on, of codes that no login flow reports to it. */
public final class BruteForceReport {
    private static final Set<String> CATEGORY = Set.of(SecondFactor.DEVICE.type());

    private BruteForceReport() {}

    /** A wrong code. */
    public static void failure(KeycloakSession session, RealmModel realm, UserModel user) {
        if (realm.isBruteForceProtected()) {
            session.getProvider(BruteForceProtector.class)
                    .failedLogin(
                            realm,
                            user,
                            session.getContext().getConnection(),
                            session.getContext().getUri(),
                            CATEGORY);
        }
    }

    /** A right one. */
    public static void success(KeycloakSession session, RealmModel realm, UserModel user) {
        if (realm.isBruteForceProtected()) {
            session.getProvider(BruteForceProtector.class)
                    .successfulLogin(
                            realm,
                            user,
                            session.getContext().getConnection(),
                            session.getContext().getUri(),
                            CATEGORY);
        }
    }
}
