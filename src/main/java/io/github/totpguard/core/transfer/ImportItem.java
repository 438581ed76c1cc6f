package io.github.totpguard.core.transfer;

import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Objects;
import java.util.Optional;

/** One account of an imported file. */
public sealed interface ImportItem permits ImportItem.Accepted, ImportItem.Refused {

    /** Secrets of fewer bits are weak (RFC 4226 section 4 R6). */
    int STRONG_BITS = 128;

    /**
     * An account that can be stored.
     *
     * @param note what its owner should know, the gravest first if there were several
     */
    record Accepted(OtpAuthUri account, Optional<Note> note) implements ImportItem {

        public Accepted {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(note, "note");
        }
    }

    /**
     * An account that cannot.
     *
     * @param name what the file calls it, for the person who looks for it there; up to 255 characters, empty if it has
     *     no name that is surely no secret
     * @param message what is wrong, in English and without any of the secret
     */
    record Refused(String name, Reason reason, String message) implements ImportItem {

        public Refused {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }
    }

    /** What the owner of an accepted account should know. */
    enum Note {
        /** The secret has fewer than {@value ImportItem#STRONG_BITS} bits. */
        WEAK_SECRET,
        /** Issuer or name is written differently than in the file: it held a colon, or there were two issuers. */
        NAME_CHANGED
    }

    /** Why an account cannot be stored. */
    enum Reason {
        /** Not an account at all: a line that is no otpauth URI, an entry that is no object. */
        NOT_AN_ACCOUNT,
        /** It has neither an issuer nor a name. */
        NAME,
        /** Codes of a kind that nobody here can make, such as Yandex's. */
        TYPE,
        /** The secret is missing, not Base32, or too long. */
        SECRET,
        /** The algorithm is none of SHA1, SHA256, SHA512; MD5 for example. */
        ALGORITHM,
        /** The number of digits is out of range or no number. */
        DIGITS,
        /** The period is out of range or no number. */
        PERIOD,
        /** The counter is missing, negative or no number. */
        COUNTER,
        /** The URI is too long, badly encoded, or has a parameter twice. */
        URI,
        /** Bytes that are not what the format says; for a whole QR code of an export, all that was in it. */
        DAMAGED
    }
}
