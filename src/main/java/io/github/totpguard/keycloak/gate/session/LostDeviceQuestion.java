package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether this login has to ask its user about a lost device, as after a backup code. It is part of the login, not of the
 * user: a login that is given up leaves nothing behind, and users of read-only stores can be asked too.
 */
public final class LostDeviceQuestion {
    private static final String NOTE = "totpGuard.lostDevice";

    private static final String ASKED = "asked";
    private static final String ANSWERED = "answered";

    private final AuthenticationSessionModel authentication;

    private LostDeviceQuestion(AuthenticationSessionModel authentication) {
        this.authentication = authentication;
    }

    public static LostDeviceQuestion in(AuthenticationSessionModel authentication) {
        return new LostDeviceQuestion(authentication);
    }

    /** Has set-up put the question before this login is complete. */
    public void ask() {
        authentication.setAuthNote(NOTE, ASKED);
        authentication.addRequiredAction(GuardNames.SETUP_ACTION);
    }

    /** Whether the answer is still due. */
    public boolean isAsked() {
        return ASKED.equals(authentication.getAuthNote(NOTE));
    }

    /** Whether this login asks or has asked. */
    public boolean wasAsked() {
        return authentication.getAuthNote(NOTE) != null;
    }

    /** The user has answered. */
    public void done() {
        authentication.setAuthNote(NOTE, ANSWERED);
    }
}
