package io.github.totpguard.keycloak.policy;

/**
 * The realm's stored policy is invalid, so no code is verified. The message tells the administrator which setting to
 * correct.
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
