package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A user with devices. Each attempt is decided on the state that the previous one left. */
final class Person {
    private final List<Device> devices;
    private final Set<String> storedIds;
    private AttemptRules policy;
    private SecondFactorState state = SecondFactorState.EMPTY;

    Person(AttemptRules policy, Device... devices) {
        this.policy = policy;
        this.devices = List.of(devices);
        this.storedIds = this.devices.stream().map(Device::id).collect(Collectors.toSet());
    }

    void isNowUnder(AttemptRules changed) {
        policy = changed;
    }

    SecondFactorState state() {
        return state;
    }

    DeviceState known(Device device) {
        return state.device(device.id()).orElseThrow();
    }

    Verdict enters(String input, Instant now) {
        return decided(input, now).verdict();
    }

    /** Enters a code and returns the complete decision. */
    Decision decided(String input, Instant now) {
        return keep(SecondFactorDecision.decide(
                state, new Attempt(OneTimeCode.parse(input), devices, storedIds), policy, now));
    }

    /** Enters a code of a device that is not stored yet. */
    Decision enrols(Device device, String input, Instant now) {
        return keep(SecondFactorDecision.decide(
                state, new Attempt(OneTimeCode.parse(input), List.of(device), storedIds), policy, now));
    }

    /** Whether a code would be accepted, without entering it. */
    boolean couldEnter(String code, Instant now) {
        return SecondFactorDecision.decide(state, new Attempt(OneTimeCode.parse(code), devices, storedIds), policy, now)
                .verdict()
                .accepted();
    }

    /** The steps of a device between the first and the last whose codes would be accepted. */
    List<Long> openSteps(Device device, long first, long last, Instant now) {
        return LongStream.rangeClosed(first, last)
                .filter(step -> couldEnter(Devices.code(device, step), now))
                .boxed()
                .toList();
    }

    private Decision keep(Decision decision) {
        state = decision.state();
        return decision;
    }
}
