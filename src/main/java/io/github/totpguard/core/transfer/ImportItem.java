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
     * @param notes what the owner should know, in the order of {@link ReadingNote}
     */
    record Accepted(OtpAuthUri account, List<ReadingNote> notes) implements ImportItem {

        public Accepted {
            Objects.requireNonNull(account, "account");
            notes = List.copyOf(notes);
        }
    }

    /**
     * An account that cannot be stored.
     *
     * @param name the name in the file, so that the user can find the account there; up to 255 characters; empty if
     *     there is no name, or if the name could be a secret
     * @param message what is wrong, in English and without any part of the secret
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
        /** Not an account: a line that is not an otpauth URI, or an entry that is not an object. */
        NOT_AN_ACCOUNT,
        /** The names cannot be stored. */
        NAME,
        /** Issuer or name looks like a secret. Names are shown, so it is refused. */
        SECRET_IN_NAME,
        /** A type of code that is not supported, such as Yandex's. */
        TYPE,
        /** The secret is missing, not Base32, or too long. */
        SECRET,
        /** The algorithm is not SHA1, SHA256 or SHA512; MD5 for example. */
        ALGORITHM,
        /** The number of digits is out of range or not a number. */
        DIGITS,
        /** The period is out of range or not a number. */
        PERIOD,
        /** The counter is missing, negative or not a number. */
        COUNTER,
        /** The URI is too long, badly encoded, has a parameter twice or under a wrong name, or contains another URI. */
        URI,
        /** Bytes that do not match the format. For a whole QR code of an export, this stands for all its accounts. */
        DAMAGED
    }
}
