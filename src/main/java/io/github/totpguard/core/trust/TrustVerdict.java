package io.github.totpguard.core.trust;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a token that was presented.
 *
 * @param kind of it
 * @param credentialId of the line it belongs to; empty if there is none
 * @param until when the line ends; empty if it has
 */
public record TrustVerdict(Kind kind, Optional<String> credentialId, Optional<Instant> until) {

    /** In lower case these are the events' detail. */
    public enum Kind {
        /** The newest of its line: the browser is trusted, and gets the next one. */
        TRUSTED,
        /** The one before, moments after the newest was made: another tab of the same browser. Trusted, and gets nothing. */
        GRACE,
        /** Its time is over. The line is gone. */
        EXPIRED,
        /** The newest, but what trust rested on has changed, or it was removed. The line has ended. */
        REVOKED,
        /** One that was replaced before: two hold this line, trusted or ended. It is gone for both. */
        STOLEN,
        /** Of no line. */
        UNKNOWN
    }

    public boolean trusted() {
        return kind == Kind.TRUSTED || kind == Kind.GRACE;
    }
}
