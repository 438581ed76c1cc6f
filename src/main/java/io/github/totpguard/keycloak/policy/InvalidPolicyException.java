package io.github.totpguard.keycloak.policy;

/**
 * The realm's policy cannot be followed as it is stored, so nothing is verified. The message tells the administrator
 * which setting to correct.
 */
public final class InvalidPolicyException extends RuntimeException {
    private final String setting;

    InvalidPolicyException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    /** The key of the setting to correct. */
    public String setting() {
        return setting;
    }
}
