package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import java.nio.charset.StandardCharsets;

/** Devices with a secret each, and the codes that they show. */
final class Devices {
    private Devices() {}

    static Device totp(String id) {
        return totp(id, 30);
    }

    static Device totp(String id, int periodSeconds) {
        return new Device(id, secret(id), new OtpParameters.Totp(OtpAlgorithm.SHA1, 6, periodSeconds), 0);
    }

    static Device hotp(String id, long initialCounter) {
        return new Device(id, secret(id), new OtpParameters.Hotp(OtpAlgorithm.SHA1, 6), initialCounter);
    }

    static String code(Device device, long step) {
        return CodeGenerator.code(device.secret(), device.parameters(), step);
    }

    private static OtpSecret secret(String id) {
        return OtpSecret.ofBytes(("the secret of " + id).getBytes(StandardCharsets.UTF_8));
    }
}
