package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A secret and the parameters of its codes.
 *
 * @param names the URI that contained the key, with its names; empty for a bare secret
 * @param counter the next counter of HOTP; empty if none was given, and for a time-based key
 */
record Key(Optional<OtpAuthUri> names, OtpSecret secret, OtpParameters parameters, OptionalLong counter) {

    static Key of(OtpAuthUri uri) {
        return new Key(Optional.of(uri), uri.secret(), uri.parameters(), uri.counter());
    }

    Key withCounter(long other) {
        return new Key(names, secret, parameters, OptionalLong.of(other));
    }

    /** The counter of HOTP, for commands that need one. */
    long requireCounter() {
        return counter.orElseThrow(() -> ToolFailure.usage("Counter-based codes (HOTP) need --counter."));
    }
}
