package io.github.totpguard.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that changes with the attempts of one user, as one immutable value.
 *
 * @param throttle failures and locks
 * @param devices by credential id; a device that never accepted a code has no entry
 */
public record SecondFactorState(Throttle throttle, Map<String, DeviceState> devices) {
    /** A user of whom nothing is known yet. */
    public static final SecondFactorState EMPTY = new SecondFactorState(Throttle.NONE, Map.of());

    /**
     * How long the entry of a device outlives the device. A device that is being enrolled has its entry before its
     * credential is visible to other transactions, so absence alone is no reason to forget.
     */
    static final Duration FORGET_ABSENT_AFTER = Duration.ofDays(1);

    public SecondFactorState {
        devices = Map.copyOf(devices);
    }

    public Optional<DeviceState> device(String id) {
        return Optional.ofNullable(devices.get(id));
    }

    /** The same devices, and nothing held against the user. */
    public SecondFactorState unlocked() {
        return with(Throttle.NONE);
    }

    SecondFactorState with(Throttle changed) {
        return new SecondFactorState(changed, devices);
    }

    SecondFactorState with(String id, DeviceState device) {
        Map<String, DeviceState> changed = new HashMap<>(devices);
        changed.put(id, device);
        return new SecondFactorState(throttle, changed);
    }

    SecondFactorState withoutAbsent(Set<String> presentIds, Instant now) {
        Map<String, DeviceState> kept = new HashMap<>(devices);
        Instant limit = now.minus(FORGET_ABSENT_AFTER);
        kept.entrySet()
                .removeIf(entry -> !presentIds.contains(entry.getKey())
                        && entry.getValue().lastUsed().isBefore(limit));
        return new SecondFactorState(throttle, kept);
    }
}
