package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Accepted;
import io.github.totpguard.core.transfer.ImportItem.Note;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.ImportItem.Refused;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Optional;

/** Makes an item of what may go wrong. */
@FunctionalInterface
interface ItemReading {

    /** An account as it was read. */
    record Found(OtpAuthUri account, boolean nameChanged) {}

    Found read() throws RefusalException;

    /** @param name what to call the account if it is refused */
    static ImportItem item(String name, ItemReading reading) {
        try {
            Found found = reading.read();
            return new Accepted(found.account(), note(found));
        } catch (RefusalException e) {
            return new Refused(Names.forMessage(name), e.reason(), e.getMessage());
        } catch (InvalidOtpAuthUriException e) {
            return new Refused(Names.forMessage(name), reason(e.reason()), e.getMessage() + ".");
        }
    }

    private static Optional<Note> note(Found found) {
        if (found.account().secret().bits() < ImportItem.STRONG_BITS) {
            return Optional.of(Note.WEAK_SECRET);
        }
        return found.nameChanged() ? Optional.of(Note.NAME_CHANGED) : Optional.empty();
    }

    private static Reason reason(InvalidOtpAuthUriException.Reason reason) {
        return switch (reason) {
            case SCHEME -> Reason.NOT_AN_ACCOUNT;
            case TYPE -> Reason.TYPE;
            case SECRET_MISSING, SECRET_INVALID -> Reason.SECRET;
            case ALGORITHM -> Reason.ALGORITHM;
            case DIGITS -> Reason.DIGITS;
            case PERIOD -> Reason.PERIOD;
            case COUNTER -> Reason.COUNTER;
            case TOO_LONG, ENCODING, DUPLICATE_PARAMETER -> Reason.URI;
            default -> Reason.NAME;
        };
    }
}
