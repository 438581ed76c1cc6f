package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One try to prove possession of a device.
 *
 * @param code what was entered, or empty when it cannot be a code at all
 * @param devices every device that may answer; nobody chooses one
 * @param storedIds the ids of all the user's stored devices, also of those that cannot answer now: what is remembered
 *     of them is kept
 */
public record Attempt(Optional<OneTimeCode> code, List<Device> devices, Set<String> storedIds) {
    public Attempt {
        if (code == null) {
            throw new IllegalArgumentException("code is missing");
        }
        devices = List.copyOf(devices);
        storedIds = Set.copyOf(storedIds);
    }

    /** Whether the code has the form of a code of one of the devices. Lengths are no secret. */
    boolean isCodeOfAnyDevice() {
        return code.filter(entered -> devices.stream()
                        .anyMatch(
                                device -> entered.hasDigits(device.parameters().digits())))
                .isPresent();
    }

    /** Whether each stored device that the state remembers takes part. */
    public boolean hasAllOf(SecondFactorState state) {
        Set<String> ids = devices.stream().map(Device::id).collect(Collectors.toSet());
        return state.devices().keySet().stream().filter(storedIds::contains).allMatch(ids::contains);
    }

    /** Whether somebody tries to get in with a device, and does not try out a new one. */
    boolean isOfStoredDevices() {
        return devices.stream().map(Device::id).allMatch(storedIds::contains);
    }
}
