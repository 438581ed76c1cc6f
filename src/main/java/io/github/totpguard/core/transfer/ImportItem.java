package io.github.totpguard.core.transfer;

import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.core.uri.ReadingNote;
import java.util.List;
import java.util.Objects;

/** One account of an imported file. */
public sealed interface ImportItem permits ImportItem.Accepted, ImportItem.Refused {

    /**
     * An account that can be stored.
     *
     * @param notes what its owner should know, in the order of {@link ReadingNote}
     */
    record Accepted(OtpAuthUri account, List<ReadingNote> notes) implements ImportItem {

        public Accepted {
            Objects.requireNonNull(account, "account");
            notes = List.copyOf(notes);
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

    /** Why an account cannot be stored. */
    enum Reason {
        /** Not an account at all: a line that is no otpauth URI, an entry that is no object. */
        NOT_AN_ACCOUNT,
        /** Its names cannot be stored. */
        NAME,
        /** Issuer or name looks like a secret, and names are shown. */
        SECRET_IN_NAME,
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
        /** The URI is too long, badly encoded, has a parameter twice or under a wrong name, or holds another URI. */
        URI,
        /** Bytes that are not what the format says; for a whole QR code of an export, all that was in it. */
        DAMAGED
    }
}
