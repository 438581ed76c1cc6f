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
 * All state that changes with the attempts of one user, as one immutable value.
 *
 * @param throttle the failures and locks
 * @param devices by credential id; a device that never accepted a code has no entry
 * @param farSteps by credential id, the step of the last attempt's code if it was outside the window; the code of the
 *     next step resynchronises the device
 * @param lastWarned when the user last got a notice of wrong codes or of a lock
 * @param trusted the browsers that are trusted without a code
 * @param spentCodes by credential id, the accepted backup codes; a set without accepted codes has no entry
 * @param vaultCounters by credential id, the next counter of accounts in the user's vault. Earlier versions stored it
 *     here, before the vault had its own table; it is only read
 */
public record SecondFactorState(
        Throttle throttle,
        Map<String, DeviceState> devices,
        Map<String, Long> farSteps,
        Optional<Instant> lastWarned,
        TrustedBrowsers trusted,
        Map<String, SpentCodes> spentCodes,
        Map<String, Long> vaultCounters) {
    /** The state of a user without any attempt so far. */
    public static final SecondFactorState EMPTY =
            new SecondFactorState(Throttle.NONE, Map.of(), Map.of(), Optional.empty());

    /**
     * How long the entry of a device outlives the device. During enrolment, a device has its entry before its
     * credential is visible to other transactions, so absence alone does not delete the entry.
     */
    static final Duration FORGET_ABSENT_AFTER = Duration.ofDays(1);

    public SecondFactorState {
        devices = Map.copyOf(devices);
        farSteps = Map.copyOf(farSteps);
        spentCodes = Map.copyOf(spentCodes);
        vaultCounters = Map.copyOf(vaultCounters);
        if (farSteps.values().stream().anyMatch(step -> step < 0)) {
            throw new IllegalArgumentException("A step must be 0 or more");
        }
        if (vaultCounters.values().stream().anyMatch(counter -> counter < 0)) {
            throw new IllegalArgumentException("A counter must be 0 or more");
        }
    }

    /** The state of a user without trusted browsers, spent backup codes and vault counters. */
    public SecondFactorState(
            Throttle throttle,
            Map<String, DeviceState> devices,
            Map<String, Long> farSteps,
            Optional<Instant> lastWarned) {
        this(throttle, devices, farSteps, lastWarned, TrustedBrowsers.NONE, Map.of(), Map.of());
    }

    public Optional<DeviceState> device(String id) {
        return Optional.ofNullable(devices.get(id));
    }

    /** When a code of any device was last accepted. */
    public Optional<Instant> lastUsed() {
        return devices.values().stream().map(DeviceState::lastUsed).max(Comparator.naturalOrder());
    }

    /** Whether the user has no counted failures and no remembered far code. */
    public boolean isOpen() {
        return throttle.equals(Throttle.NONE) && farSteps.isEmpty();
    }

    /** The same state without failures, locks and far codes. */
    public SecondFactorState unlocked() {
        return with(Throttle.NONE);
    }

    public Optional<SpentCodes> spent(String id) {
        return Optional.ofNullable(spentCodes.get(id));
    }

    /** The next counter of an account in the vault; empty if it is not stored here. */
    public OptionalLong vaultCounter(String id) {
        Long counter = vaultCounters.get(id);
        return counter == null ? OptionalLong.empty() : OptionalLong.of(counter);
    }

    OptionalLong farStep(String id) {
        Long step = farSteps.get(id);
        return step == null ? OptionalLong.empty() : OptionalLong.of(step);
    }

    SecondFactorState with(Throttle changed) {
        return new SecondFactorState(changed, devices, farSteps, lastWarned, trusted, spentCodes, vaultCounters);
    }

    SecondFactorState with(String id, DeviceState device) {
        Map<String, DeviceState> changed = new HashMap<>(devices);
        changed.put(id, device);
        return new SecondFactorState(throttle, changed, farSteps, lastWarned, trusted, spentCodes, vaultCounters);
    }

    /** The state as if this device had never accepted a code. */
    public SecondFactorState without(String id) {
        Map<String, DeviceState> changed = new HashMap<>(devices);
        changed.remove(id);
        return new SecondFactorState(throttle, changed, farSteps, lastWarned, trusted, spentCodes, vaultCounters);
    }

    SecondFactorState with(String id, SpentCodes spent) {
        Map<String, SpentCodes> changed = new HashMap<>(spentCodes);
        changed.put(id, spent);
        return new SecondFactorState(throttle, devices, farSteps, lastWarned, trusted, changed, vaultCounters);
    }

    SecondFactorState withFarSteps(Map<String, Long> changed) {
        return new SecondFactorState(throttle, devices, changed, lastWarned, trusted, spentCodes, vaultCounters);
    }

    SecondFactorState warnedAt(Instant now) {
        return new SecondFactorState(throttle, devices, farSteps, Optional.of(now), trusted, spentCodes, vaultCounters);
    }

    public SecondFactorState with(TrustedBrowsers changed) {
        return new SecondFactorState(throttle, devices, farSteps, lastWarned, changed, spentCodes, vaultCounters);
    }

    SecondFactorState withoutAbsent(Set<String> presentIds, Instant now) {
        Map<String, DeviceState> kept = new HashMap<>(devices);
        Instant limit = now.minus(FORGET_ABSENT_AFTER);
        kept.entrySet()
                .removeIf(entry -> !presentIds.contains(entry.getKey())
                        && entry.getValue().lastUsed().isBefore(limit));
        return new SecondFactorState(throttle, kept, farSteps, lastWarned, trusted, spentCodes, vaultCounters);
    }

    /** As for devices: another node may have seen a new set that is not visible here yet. */
    SecondFactorState withoutAbsentCodes(Set<String> presentIds, Instant now) {
        Map<String, SpentCodes> kept = new HashMap<>(spentCodes);
        Instant limit = now.minus(FORGET_ABSENT_AFTER);
        kept.entrySet()
                .removeIf(entry -> !presentIds.contains(entry.getKey())
                        && entry.getValue().lastUsed().isBefore(limit));
        return new SecondFactorState(throttle, devices, farSteps, lastWarned, trusted, kept, vaultCounters);
    }
}
