package io.github.totpguard.cli;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** An account as JSON, without its secret. */
final class AccountJson {

    private AccountJson() {}

    static Map<String, Object> of(OtpAuthUri account) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", type(account.parameters()));
        object.put("issuer", account.issuer());
        object.put("account", account.account());
        object.put("algorithm", account.parameters().algorithm().name());
        object.put("digits", account.parameters().digits());
        object.put("period", period(account.parameters()));
        object.put("counter", account.counter());
        return object;
    }

    static String type(OtpParameters parameters) {
        if (parameters instanceof OtpParameters.Steam) {
            return "steam";
        }
        return parameters instanceof OtpParameters.Hotp ? "hotp" : "totp";
    }

    static OptionalInt period(OtpParameters parameters) {
        return parameters instanceof OtpParameters.TimeBased timed
                ? OptionalInt.of(timed.periodSeconds())
                : OptionalInt.empty();
    }
}
