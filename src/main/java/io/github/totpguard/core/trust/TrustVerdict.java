package io.github.totpguard.core.trust;

import java.time.Instant;
import java.util.Optional;

/**
 * The result for a token that was presented.
 *
 * @param kind what the token turned out to be
 * @param credentialId the credential of its token family; empty if there is none
 * @param until when the trust ends; empty if the browser is not trusted
 */
public record TrustVerdict(Kind kind, Optional<String> credentialId, Optional<Instant> until) {

    /** In lower case, these are the values of the event detail. */
    public enum Kind {
        /** The newest token of its family: the browser is trusted and gets the next token. */
        TRUSTED,
        /**
         * The previous token, shortly after it was rotated, from another tab of the same browser. Trusted, but gets no
         * new token.
         */
        GRACE,
        /** The trust has expired. The token family is deleted. */
        EXPIRED,
        /**
         * The newest or previous token, but the fingerprint has changed or the trust was removed. The token family has
         * ended.
         */
        REVOKED,
        /**
         * A token that was replaced before: two browsers use this token family, trusted or ended. The family is deleted
         * for both.
         */
        STOLEN,
        /** A token of no known family. */
        UNKNOWN
    }

    public boolean trusted() {
        return kind == Kind.TRUSTED || kind == Kind.GRACE;
    }
}
