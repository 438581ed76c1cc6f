package io.github.totpguard.keycloak.vault.account;

/** An account is stored, but cannot be used: its data or its secret is broken. The message holds nothing of either. */
public final class UnreadableAccountException extends Exception {
    private final boolean keyMissing;

    UnreadableAccountException(String what) {
        this(what, false);
    }

    UnreadableAccountException(String what, boolean keyMissing) {
        super("The account cannot be used: " + what);
        this.keyMissing = keyMissing;
    }

    /** Whether only the realm's key is missing, which an administrator may bring back. */
    public boolean keyMissing() {
        return keyMissing;
    }
}
