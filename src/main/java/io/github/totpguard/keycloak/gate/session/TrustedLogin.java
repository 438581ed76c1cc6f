package io.github.totpguard.keycloak.gate.session;

import java.util.Map;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether a trusted browser replaced the second factor of a login. */
public final class TrustedLogin {
    private static final String NOTE = "totpGuard.trustedBrowser";

    private TrustedLogin() {}

    public static void record(AuthenticationSessionModel authentication) {
        authentication.setUserSessionNote(NOTE, Boolean.TRUE.toString());
    }

    static boolean isIn(Map<String, String> userSessionNotes) {
        return userSessionNotes.containsKey(NOTE);
    }
}
