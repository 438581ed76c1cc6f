package io.github.totpguard.keycloak.gate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.util.JsonSerialization;

/**
 * A user's state as the text of its row: JSON with short keys, for it is read and written at every attempt.
 *
 * <p>A version we do not know is refused, not guessed at: it means that a newer TOTP Guard has written it.
 */
final class StateCodec {
    private static final int VERSION = 1;

    private StateCodec() {}

    static String write(SecondFactorState state) {
        Map<String, StoredDevice> devices = new TreeMap<>();
        state.devices()
                .forEach((id, device) -> devices.put(
                        id,
                        new StoredDevice(
                                device.lastAcceptedStep(), device.lastUsed().getEpochSecond())));
        try {
            return JsonSerialization.writeValueAsString(new Stored(VERSION, devices));
        } catch (IOException e) {
            throw new IllegalStateException("Numbers and ids do not become JSON", e);
        }
    }

    /** @throws UnreadableStateException if the text is not what {@link #write} makes */
    static SecondFactorState read(String text) throws UnreadableStateException {
        try {
            Stored stored = JsonSerialization.readValue(text, Stored.class);
            if (stored == null || stored.version() != VERSION || stored.devices() == null) {
                throw new UnreadableStateException("version " + (stored == null ? "missing" : stored.version()));
            }
            return new SecondFactorState(stored.devices().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().toState())));
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw new UnreadableStateException("not the JSON it should be");
        }
    }

    private record Stored(@JsonProperty("v") int version, @JsonProperty("d") Map<String, StoredDevice> devices) {}

    private record StoredDevice(@JsonProperty("s") long step, @JsonProperty("u") long usedEpochSecond) {
        DeviceState toState() {
            return new DeviceState(step, Instant.ofEpochSecond(usedEpochSecond));
        }
    }

    /** The row cannot be understood. */
    static final class UnreadableStateException extends Exception {
        UnreadableStateException(String message) {
            super(message);
        }
    }
}
