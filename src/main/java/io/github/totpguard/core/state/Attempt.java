package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OneTimeCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Whether somebody tries to get in with a device, and does not try out a new one. */
    boolean isOfStoredDevices() {
        return devices.stream().map(Device::id).allMatch(storedIds::contains);
    }
}
