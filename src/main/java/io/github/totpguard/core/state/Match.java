package io.github.totpguard.core.state;

/**
 * What a code means to one device.
 *
 * @param device which
 * @param kind what
 * @param step the step whose code it is; -1 if there is none
 */
record Match(Device device, Kind kind, long step) {
    enum Kind {
        /** In the window, and newer than anything accepted. */
        FRESH,
        /** Outside the window, and the very next after a far one. */
        CONSECUTIVE,
        /** In the window, and accepted before, or older than what was. */
        SPENT,
        /** Outside the window but near enough to be the first of two. */
        FAR,
        NONE
    }

    boolean opens() {
        return kind == Kind.FRESH || kind == Kind.CONSECUTIVE;
    }
}
