package io.github.totpguard.core.state;

/** What a user should be told of an attempt by another way than the page, which may be somebody else's screen. */
public enum Notice {
    NONE,
    /** Codes of present devices are being guessed at by someone who got as far as the second factor. */
    WRONG_CODES,
    /** This attempt shut the second factor for a time. */
    LOCKED,
    /** This attempt shut it until somebody opens it. */
    HARD_LOCKED
}
