package io.github.totpguard.keycloak.notify.mail;

import java.util.Optional;
import org.keycloak.events.EventType;

/** A change to somebody's second factors that the user is told of. */
public enum CredentialChange {
    /** A device was set up. */
    DEVICE_ADDED("deviceAdded", EventType.UPDATE_CREDENTIAL),
    /** A device was removed, by the user or in place of another. */
    DEVICE_REMOVED("deviceRemoved", EventType.REMOVE_CREDENTIAL),
    /** A device has another name. */
    DEVICE_RENAMED("deviceRenamed"),
    /** A security key or passkey was registered. */
    KEY_ADDED("keyAdded", EventType.UPDATE_CREDENTIAL),
    /** A security key or passkey was removed. */
    KEY_REMOVED("keyRemoved", EventType.REMOVE_CREDENTIAL),
    /** An account at an identity provider signs in as the user from now on. */
    IDENTITY_LINKED("identityLinked"),
    /** Such an account does so no longer. */
    IDENTITY_UNLINKED("identityUnlinked"),
    /** The user has another e-mail address; told to the one before. */
    EMAIL_CHANGED("emailChanged", EventType.UPDATE_EMAIL),
    /** Backup codes were made; earlier ones are void. */
    BACKUP_CODES_MADE("backupCodesMade", EventType.UPDATE_CREDENTIAL),
    /** A backup code was spent. */
    BACKUP_CODE_USED("backupCodeUsed"),
    /** Few backup codes are left. */
    BACKUP_CODES_RUNNING_OUT("backupCodesRunningOut"),
    /** A browser need not show the second factor for a while. */
    BROWSER_TRUSTED("browserTrusted"),
    /** A browser is asked for the second factor again, because the user or an administrator removed its trust. */
    TRUST_REMOVED("trustRemoved", EventType.REMOVE_CREDENTIAL),
    /** The cookie of a trusted browser was copied. */
    TRUST_STOLEN("trustStolen");

    private final String key;
    private final Optional<EventType> event;

    CredentialChange(String key) {
        this.key = key;
        this.event = Optional.empty();
    }

    CredentialChange(String key, EventType event) {
        this.key = key;
        this.event = Optional.of(event);
    }

    /** What its message keys start with: {@code <prefix>.subject} and others. */
    String messages() {
        return "totpGuard.mail.change." + key;
    }

    /** The user event that Keycloak writes about the same change, and may mail; empty if it has none. */
    Optional<EventType> event() {
        return event;
    }
}
