package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.ImportItem.Accepted;
import io.github.totpguard.core.transfer.ImportItem.Reason;
import io.github.totpguard.core.transfer.ImportItem.Refused;
import io.github.totpguard.core.uri.AccountNames;
import io.github.totpguard.core.uri.AccountReading;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.OtpAuthReader;
import java.util.List;

/** Reads one account. A failure becomes a refused item. */
@FunctionalInterface
interface ItemReading {

    AccountReading read() throws RefusalException;

    /** @param name the name of the account in the message if it is refused */
    static ImportItem item(String name, ItemReading reading) {
        try {
            AccountReading read = reading.read();
            return new Accepted(read.account(), List.copyOf(read.notes()));
        } catch (RefusalException e) {
            return new Refused(AccountNames.forMessage(name), e.reason(), e.getMessage());
        } catch (InvalidOtpAuthUriException e) {
            // A name that was refused as a secret must not be shown.
            String shown = e.reason() == InvalidOtpAuthUriException.Reason.SECRET_IN_NAME ? "" : name;
            return new Refused(AccountNames.forMessage(shown), reason(e.reason()), e.getMessage() + ".");
        }
    }

    /** @param uri the URI of one account */
    static ImportItem uri(String uri) {
        return uri(uri, "");
    }

    /** @param unnamed the label if the URI has none: issuer and account with a colon between them */
    static ImportItem uri(String uri, String unnamed) {
        String label = OtpAuthReader.labelForMessage(uri);
        return item(label.isEmpty() ? unnamed : label, () -> OtpAuthReader.read(uri, unnamed));
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
            case TOO_LONG, ENCODING, DUPLICATE_PARAMETER, SIMILAR_PARAMETER, EMBEDDED -> Reason.URI;
            case SECRET_IN_NAME -> Reason.SECRET_IN_NAME;
            default -> Reason.NAME;
        };
    }
}
