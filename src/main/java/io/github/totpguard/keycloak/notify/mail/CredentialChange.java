package io.github.totpguard.keycloak.notify.mail;

import java.util.Optional;
import org.keycloak.events.EventType;

/** A change to a user's second factors that the user gets a mail about. */
public enum CredentialChange {
    /** A device was set up. */
    DEVICE_ADDED("deviceAdded", EventType.UPDATE_CREDENTIAL),
    /** A device was removed, by the user or because another device replaced it. */
    DEVICE_REMOVED("deviceRemoved", EventType.REMOVE_CREDENTIAL),
    /** A device was renamed. */
    DEVICE_RENAMED("deviceRenamed"),
    /** A security key or passkey was registered. */
    KEY_ADDED("keyAdded", EventType.UPDATE_CREDENTIAL),
    /** A security key or passkey was removed. */
    KEY_REMOVED("keyRemoved", EventType.REMOVE_CREDENTIAL),
    /** An account at an identity provider was linked, and can sign in as the user. */
    IDENTITY_LINKED("identityLinked"),
    /** An account at an identity provider was unlinked. */
    IDENTITY_UNLINKED("identityUnlinked"),
    /** The user's e-mail address was changed. The mail goes to the former address. */
    EMAIL_CHANGED("emailChanged", EventType.UPDATE_EMAIL),
    /** Backup codes were created. Earlier codes are invalid. */
    BACKUP_CODES_MADE("backupCodesMade", EventType.UPDATE_CREDENTIAL),
    /** A backup code was used. */
    BACKUP_CODE_USED("backupCodeUsed"),
    /** Few backup codes are left. */
    BACKUP_CODES_RUNNING_OUT("backupCodesRunningOut"),
    /** A browser was trusted: it does not need the second factor for some time. */
    BROWSER_TRUSTED("browserTrusted"),
    /** The user or an administrator removed the trust of a browser: it needs the second factor again. */
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

    /** The prefix of its message keys: {@code <prefix>.subject} and others. */
    String messages() {
        return "totpGuard.mail.change." + key;
    }

    /** The user event that Keycloak writes about the same change and may send by mail; empty if there is none. */
    Optional<EventType> event() {
        return event;
    }
}
