package io.github.totpguard.core.state;

import io.github.totpguard.core.trust.TrustedBrowsers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that changes with the attempts of one user, as one immutable value.
 *
 * @param throttle failures and locks
 * @param devices by credential id; a device that never accepted a code has no entry
 * @param farSteps by credential id, where the last attempt's code was found if that was outside the window: the code of
 *     the very next step resynchronises the device
 * @param lastWarned when the user was last told of wrong codes
 * @param trusted the browsers that are let in without a code
 */
public record SecondFactorState(
        Throttle throttle,
        Map<String, DeviceState> devices,
        Map<String, Long> farSteps,
        Optional<Instant> lastWarned,
        TrustedBrowsers trusted) {
    /** A user of whom nothing is known yet. */
    public static final SecondFactorState EMPTY =
            new SecondFactorState(Throttle.NONE, Map.of(), Map.of(), Optional.empty());

    /**
     * How long the entry of a device outlives the device. A device that is being enrolled has its entry before its
     * credential is visible to other transactions, so absence alone is no reason to forget.
     */
    static final Duration FORGET_ABSENT_AFTER = Duration.ofDays(1);

    public SecondFactorState {
        devices = Map.copyOf(devices);
        farSteps = Map.copyOf(farSteps);
        if (farSteps.values().stream().anyMatch(step -> step < 0)) {
            throw new IllegalArgumentException("A step must be 0 or more");
        }
    }

    /** Of a user who trusts no browser. */
    public SecondFactorState(
            Throttle throttle,
            Map<String, DeviceState> devices,
            Map<String, Long> farSteps,
            Optional<Instant> lastWarned) {
        this(throttle, devices, farSteps, lastWarned, TrustedBrowsers.NONE);
    }

    public Optional<DeviceState> device(String id) {
        return Optional.ofNullable(devices.get(id));
    }

    /** When a code was last accepted, of any device. */
    public Optional<Instant> lastUsed() {
        return devices.values().stream().map(DeviceState::lastUsed).max(Comparator.naturalOrder());
    }

    /** The same devices, and nothing held against the user. */
    public SecondFactorState unlocked() {
        return with(Throttle.NONE);
    }

    OptionalLong farStep(String id) {
        Long step = farSteps.get(id);
        return step == null ? OptionalLong.empty() : OptionalLong.of(step);
    }

    SecondFactorState with(Throttle changed) {
        return new SecondFactorState(changed, devices, farSteps, lastWarned, trusted);
    }

    SecondFactorState with(String id, DeviceState device) {
        Map<String, DeviceState> changed = new HashMap<>(devices);
        changed.put(id, device);
        return new SecondFactorState(throttle, changed, farSteps, lastWarned, trusted);
    }

    SecondFactorState withFarSteps(Map<String, Long> changed) {
        return new SecondFactorState(throttle, devices, changed, lastWarned, trusted);
    }

    SecondFactorState warnedAt(Instant now) {
        return new SecondFactorState(throttle, devices, farSteps, Optional.of(now), trusted);
    }

    public SecondFactorState with(TrustedBrowsers changed) {
        return new SecondFactorState(throttle, devices, farSteps, lastWarned, changed);
    }

    SecondFactorState withoutAbsent(Set<String> presentIds, Instant now) {
        Map<String, DeviceState> kept = new HashMap<>(devices);
        Instant limit = now.minus(FORGET_ABSENT_AFTER);
        kept.entrySet()
                .removeIf(entry -> !presentIds.contains(entry.getKey())
                        && entry.getValue().lastUsed().isBefore(limit));
        return new SecondFactorState(throttle, kept, farSteps, lastWarned, trusted);
    }
}
