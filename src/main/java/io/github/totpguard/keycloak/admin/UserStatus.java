package io.github.totpguard.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.totpguard.core.state.AttemptRules;
import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The state of a user's second factor that an administrator sees. Times are epoch seconds.
 *
 * @param factors how many credentials the user has, by kind of second factor
 * @param failures wrong codes in a row since the last success
 * @param locks locks in a row since the last success
 * @param lockedUntil the end of the last lock; 0 if there was none
 * @param hardLocked whether only an administrator or a backup code can open the lock
 * @param lastUsed the last use of each device that has been used, by credential id
 * @param driftSteps how many time steps the clock of such a device was ahead, negative if behind, by credential id
 */
public record UserStatus(
        @JsonProperty("factors") Map<String, Integer> factors,
        @JsonProperty("failures") int failures,
        @JsonProperty("locks") int locks,
        @JsonProperty("lockedUntil") long lockedUntil,
        @JsonProperty("hardLocked") boolean hardLocked,
        @JsonProperty("lastUsed") Map<String, Long> lastUsed,
        @JsonProperty("driftSteps") Map<String, Integer> driftSteps) {

    static UserStatus of(UserFactors factors, SecondFactorState state, AttemptRules rules) {
        return new UserStatus(
                factors.kinds().stream()
                        .collect(
                                Collectors.toMap(kind -> kind.name().toLowerCase(Locale.ROOT), kind -> factors.ids(kind)
                                        .size())),
                state.throttle().failures(),
                state.throttle().locks(),
                state.throttle().lockedUntil().map(Instant::getEpochSecond).orElse(0L),
                state.throttle().isHardLocked(rules.lockout()),
                state.devices().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> seconds(entry.getValue()))),
                state.devices().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().drift())));
    }

    private static long seconds(DeviceState device) {
        return device.lastUsed().getEpochSecond();
    }
}
