package io.github.totpguard.core.uri;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * An account as another program wrote it down.
 *
 * @param notes what was read in which way, in the order of {@link ReadingNote}; unmodifiable
 */
public record AccountReading(OtpAuthUri account, Set<ReadingNote> notes) {

    /** Secrets of fewer bits are weak (RFC 4226 section 4 R6). */
    public static final int STRONG_BITS = 128;

    public AccountReading {
        Objects.requireNonNull(account, "account");
        EnumSet<ReadingNote> all = EnumSet.noneOf(ReadingNote.class);
        all.addAll(notes);
        if (account.secret().bits() < STRONG_BITS) {
            all.add(ReadingNote.WEAK_SECRET);
        }
        notes = Collections.unmodifiableSet(all);
    }
}
