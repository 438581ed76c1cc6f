package io.github.totpguard.keycloak.gate.session;

import io.github.totpguard.keycloak.policy.GuardNames;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether this login must ask the user about a lost device, for example after a backup code. The question belongs to
 * the login, not to the user. An abandoned login therefore leaves nothing behind, and users of read-only stores can be
 * asked too.
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

    /** Lets set-up ask the question before this login is complete. */
    public void ask() {
        authentication.setAuthNote(NOTE, ASKED);
        authentication.addRequiredAction(GuardNames.SETUP_ACTION);
    }

    /** Whether the user still has to answer. */
    public boolean isAsked() {
        return ASKED.equals(authentication.getAuthNote(NOTE));
    }

    /** Whether the question was asked in this login, answered or not. */
    public boolean wasAsked() {
        return authentication.getAuthNote(NOTE) != null;
    }

    /** Records that the user has answered. */
    public void done() {
        authentication.setAuthNote(NOTE, ANSWERED);
    }
}
