package io.github.totpguard.keycloak.gate.store;

import org.jboss.logging.Logger;

/**
 * Nothing can be verified now, so nothing is accepted and nothing is counted. The message tells the administrator what to do; it
 * holds nothing that a user entered.
 */
public final class VerificationUnavailableException extends RuntimeException {
    private static final Logger LOG = Logger.getLogger(VerificationUnavailableException.class);

    /** The closed set of causes; in lower case they are the events' error. */
    public enum Cause {
        /** The database did not answer, or not in time. */
        DATABASE,
        /** The user's row in {@code TOTP_GUARD_STATE} is not readable. */
        STATE,
        /** The server's clock is behind what it was when the user last came in. */
        CLOCK,
        /** None of the user's stored secrets can be opened. */
        SECRETS,
        /** A secret could not be sealed. */
        SEALING,
        /** The realm's policy is switched off or cannot be followed. */
        POLICY
    }

    private final Cause reason;
    private boolean logged;

    public VerificationUnavailableException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    public VerificationUnavailableException(Cause reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Cause reason() {
        return reason;
    }

    /**
     * Writes it to the server's log, unless that was done.
     *
     * @param consequence what does not happen because of it; the beginning of the line
     * @return itself
     */
    public VerificationUnavailableException logged(String consequence) {
        if (!logged) {
            logged = true;
            LOG.errorf(getCause(), "%s (%s): %s", consequence, reason, getMessage());
        }
        return this;
    }
}
