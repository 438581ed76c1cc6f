package io.github.totpguard.cli;

import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpParameters;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The code of a key at a given time.
 *
 * @param factor the time step or counter
 * @param generatedAt the time in epoch seconds
 * @param secondsLeft how long the code remains the current one, 1 to the period; empty for a counter-based key
 */
record CurrentCode(Key key, long factor, long generatedAt, OptionalLong secondsLeft) {

    static CurrentCode at(Key key, Instant moment) {
        long now = moment.getEpochSecond();
        if (key.parameters() instanceof OtpParameters.TimeBased timed) {
            long step = timed.stepAt(now);
            return new CurrentCode(
                    key, step, now, OptionalLong.of(timed.periodSeconds() - Math.floorMod(now, timed.periodSeconds())));
        }
        return new CurrentCode(key, key.requireCounter(), now, OptionalLong.empty());
    }

    String code() {
        return CodeGenerator.code(key.secret(), key.parameters(), factor);
    }

    String next() {
        return CodeGenerator.code(key.secret(), key.parameters(), factor + 1);
    }

    /** Uses the names of the REST resource {@code tokens}. */
    String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("token", code());
        object.put("timeRemaining", secondsLeft);
        object.put("nextToken", next());
        object.put("type", AccountJson.type(key.parameters()));
        object.put("digits", key.parameters().digits());
        object.put("period", AccountJson.period(key.parameters()));
        object.put("counter", key.counter());
        object.put("generatedAt", generatedAt);
        return Json.of(object);
    }
}
