package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One attempt to prove possession of a device.
 *
 * @param code the code that was entered; empty if the input cannot be a code
 * @param devices all devices whose code may be accepted; the user does not choose one
 * @param storedIds the ids of all the user's stored devices, including those that cannot be verified now; the state of
 *     these devices is kept
 */
public record Attempt(Optional<OneTimeCode> code, List<Device> devices, Set<String> storedIds) {
    public Attempt {
        if (code == null) {
            throw new IllegalArgumentException("code is missing");
        }
        devices = List.copyOf(devices);
        storedIds = Set.copyOf(storedIds);
    }

    /** Whether the code has the length of a code of one of the devices. Lengths are not secret. */
    boolean isCodeOfAnyDevice() {
        return code.filter(entered -> devices.stream()
                        .anyMatch(
                                device -> entered.hasDigits(device.parameters().digits())))
                .isPresent();
    }

    /** Whether the attempt includes every stored device that the state has an entry for. */
    public boolean hasAllOf(SecondFactorState state) {
        Set<String> ids = devices.stream().map(Device::id).collect(Collectors.toSet());
        return state.devices().keySet().stream().filter(storedIds::contains).allMatch(ids::contains);
    }

    /** Whether the attempt is a login with a stored device, not the setup of a new one. */
    boolean isOfStoredDevices() {
        return devices.stream().map(Device::id).allMatch(storedIds::contains);
    }
}
