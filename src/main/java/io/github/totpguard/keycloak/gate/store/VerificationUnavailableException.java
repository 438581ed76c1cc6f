package io.github.totpguard.keycloak.gate.store;

import org.jboss.logging.Logger;

/**
 * Codes cannot be verified now, so no code is accepted and no failure is counted. The message tells the administrator
 * what to do. It contains no user input.
 */
public final class VerificationUnavailableException extends RuntimeException {
    private static final Logger LOG = Logger.getLogger(VerificationUnavailableException.class);

    /** The closed set of causes. In lower case, they end the error of the events. */
    public enum Cause {
        /** The database did not answer, or not in time. */
        DATABASE,
        /** The user's row in {@code TOTP_GUARD_STATE} is not readable. */
        STATE,
        /** The server's clock is behind the time when the user's code or browser was last accepted. */
        CLOCK,
        /** None of the user's stored secrets can be opened. */
        SECRETS,
        /** A secret could not be sealed. */
        SEALING,
        /** TOTP Guard is switched off in the realm, or its policy is invalid. */
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
     * Writes this exception to the server's log, unless it was already written.
     *
     * @param consequence what does not happen because of it; it begins the log line
     * @return this exception
     */
    public VerificationUnavailableException logged(String consequence) {
        if (!logged) {
            logged = true;
            LOG.errorf(getCause(), "%s (%s): %s", consequence, reason, getMessage());
        }
        return this;
    }
}
