package io.github.totpguard.core.state;

/** What a user is told of an attempt by mail, because the page may be another person's screen. */
public enum Notice {
    NONE,
    /** Someone who has passed the earlier login steps is guessing codes of stored devices. */
    WRONG_CODES,
    /** This attempt locked the second factor for a limited time. */
    LOCKED,
    /** This attempt locked the second factor until an administrator or a backup code opens it. */
    HARD_LOCKED
}
