package io.github.totpguard.core.state;

/**
 * The result of checking a code against one device.
 *
 * @param device the device that was checked
 * @param kind how the code relates to the device's window
 * @param step the step of the code; -1 if there is none
 */
record Match(Device device, Kind kind, long step) {
    enum Kind {
        /** In the window, and newer than every accepted step. */
        FRESH,
        /** Outside the window, and the step directly after a remembered far step. */
        CONSECUTIVE,
        /** In the window, but already accepted or older than an accepted step. */
        SPENT,
        /** Outside the window, but near enough to be the first of two consecutive codes. */
        FAR,
        NONE
    }

    boolean opens() {
        return kind == Kind.FRESH || kind == Kind.CONSECUTIVE;
    }
}
