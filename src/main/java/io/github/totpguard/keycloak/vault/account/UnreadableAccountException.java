package io.github.totpguard.keycloak.vault.account;

/** A stored account cannot be used: its data or its secret is damaged. The message contains no part of either. */
public final class UnreadableAccountException extends Exception {
    private final boolean keyMissing;

    UnreadableAccountException(String what) {
        this(what, false);
    }

    UnreadableAccountException(String what, boolean keyMissing) {
        super("The account cannot be used: " + what);
        this.keyMissing = keyMissing;
    }

    /** Whether only the realm's key is missing, which an administrator may be able to restore. */
    public boolean keyMissing() {
        return keyMissing;
    }
}
