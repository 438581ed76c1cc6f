package io.github.totpguard.demo;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user of the demo. The password is the name.
 *
 * @param situation what is special about this user, as the end of a sentence that begins with the name
 * @param task what to do to see it
 * @param key the key of the device that the realm's file gives the user; empty if there is none
 * @param backupCodes the backup codes that are left, each with its number
 */
record Person(String name, String situation, String task, Optional<OtpSecret> key, List<String> backupCodes) {

    /** The devices of the realm's file: SHA-1, six digits, 30 seconds. */
    static final OtpParameters.Totp PARAMETERS = OtpParameters.Totp.DEFAULT;

    /** The code that an authenticator app would show; empty if the user has no device. */
    Optional<String> code(Instant time) {
        return key.map(secret -> CodeGenerator.code(secret, PARAMETERS, PARAMETERS.stepAt(time.getEpochSecond())));
    }

    /** The key as people type it, in groups of four letters. */
    Optional<String> groupedKey() {
        return key.map(secret -> secret.toBase32().replaceAll("(.{4})(?!$)", "$1 "));
    }
}
