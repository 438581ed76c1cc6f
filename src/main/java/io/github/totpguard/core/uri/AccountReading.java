package io.github.totpguard.core.uri;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException.Reason;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * An account as another program described it.
 *
 * @param notes what was read differently from how it was written, in the order of {@link ReadingNote}; unmodifiable
 */
public record AccountReading(OtpAuthUri account, Set<ReadingNote> notes) {

    /** A secret with fewer bits is weak (RFC 4226 section 4 R6). */
    public static final int STRONG_BITS = 128;

    /** @throws InvalidOtpAuthUriException if the counter is at the end of its range, because no code is left */
    public AccountReading {
        Objects.requireNonNull(account, "account");
        if (account.counter().isPresent()
                && OtpParameters.Hotp.isAtEnd(account.counter().getAsLong())) {
            throw new InvalidOtpAuthUriException(
                    Reason.COUNTER, "The counter is at the end of its range, so there is no code left");
        }
        EnumSet<ReadingNote> all = EnumSet.noneOf(ReadingNote.class);
        all.addAll(notes);
        if (account.secret().bits() < STRONG_BITS) {
            all.add(ReadingNote.WEAK_SECRET);
        }
        notes = Collections.unmodifiableSet(all);
    }
}
