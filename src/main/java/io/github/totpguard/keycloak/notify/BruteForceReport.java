package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import java.util.Set;
import org.keycloak.services.managers.BruteForceProtector;

/** If Keycloak's brute-force protection is on, reports codes to it that no login flow reports. */
public final class BruteForceReport {
    private static final Set<String> CATEGORY = Set.of(SecondFactor.DEVICE.type());

    private BruteForceReport() {}

    /** Reports a wrong code. */
    public static void failure(GuardedUser user) {
        if (user.realm().isBruteForceProtected()) {
            user.session()
                    .getProvider(BruteForceProtector.class)
                    .failedLogin(
                            user.realm(),
                            user.user(),
                            user.session().getContext().getConnection(),
                            user.session().getContext().getUri(),
                            CATEGORY);
        }
    }

    /** Reports a right code. */
    public static void success(GuardedUser user) {
        if (user.realm().isBruteForceProtected()) {
            user.session()
                    .getProvider(BruteForceProtector.class)
                    .successfulLogin(
                            user.realm(),
                            user.user(),
                            user.session().getContext().getConnection(),
                            user.session().getContext().getUri(),
                            CATEGORY);
        }
    }
}
