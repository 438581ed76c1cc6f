package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A secret and how codes are made from it.
 *
 * @param names the URI that it came in, with the names in it; empty for a bare secret
 * @param counter the next counter of HOTP; empty if nobody named it, and by time
 */
record Key(Optional<OtpAuthUri> names, OtpSecret secret, OtpParameters parameters, OptionalLong counter) {

    static Key of(OtpAuthUri uri) {
        return new Key(Optional.of(uri), uri.secret(), uri.parameters(), uri.counter());
    }

    Key withCounter(long other) {
        return new Key(names, secret, parameters, OptionalLong.of(other));
    }

    /** The counter of HOTP, for those who cannot do without. */
    long requireCounter() {
        return counter.orElseThrow(() -> ToolFailure.usage("Codes by count need --counter."));
    }
}
