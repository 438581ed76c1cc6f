package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import java.util.Set;
import org.keycloak.services.managers.BruteForceProtector;

/** Tells Keycloak's brute-force protection, where it is on, of codes that no login flow reports to it. */
public final class BruteForceReport {
    private static final Set<String> CATEGORY = Set.of(SecondFactor.DEVICE.type());

    private BruteForceReport() {}

    /** A wrong code. */
    public static void failure(GuardedUser user) {
        if (user.realm().isBruteForceProtected()) {
            user.session().getProvider(BruteForceProtector.class)
                    .failedLogin(
                            user.realm(),
                            user.user(),
                            user.session().getContext().getConnection(),
                            user.session().getContext().getUri(),
                            CATEGORY);
        }
    }

    /** A right one. */
    public static void success(GuardedUser user) {
        if (user.realm().isBruteForceProtected()) {
            user.session().getProvider(BruteForceProtector.class)
                    .successfulLogin(
                            user.realm(),
                            user.user(),
                            user.session().getContext().getConnection(),
                            user.session().getContext().getUri(),
                            CATEGORY);
        }
    }
}
