package io.github.totpguard.keycloak.gate.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.SpentCodes;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.trust.TokenHash;
import io.github.totpguard.core.trust.TrustLine;
import io.github.totpguard.core.trust.TrustedBrowsers;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        state.devices().forEach((id, device) -> devices.put(id, StoredDevice.of(device)));
        try {
            return JsonSerialization.writeValueAsString(new Stored(
                    VERSION,
                    StoredThrottle.of(state.throttle()),
                    devices,
                    state.farSteps().isEmpty() ? null : new TreeMap<>(state.farSteps()),
                    state.lastWarned().map(Instant::getEpochSecond).orElse(null),
                    StoredTrust.of(state.trusted()),
                    state.spentCodes().isEmpty() ? null : StoredSpentCodes.of(state.spentCodes()),
                    state.vaultCounters().isEmpty() ? null : new TreeMap<>(state.vaultCounters())));
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
            Map<String, DeviceState> devices = stored.devices().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().toState()));
            return new SecondFactorState(
                    Optional.ofNullable(stored.throttle())
                            .map(StoredThrottle::toThrottle)
                            .orElse(Throttle.NONE),
                    devices,
                    Optional.ofNullable(stored.farSteps()).orElse(Map.of()),
                    Optional.ofNullable(stored.warnedEpochSecond()).map(Instant::ofEpochSecond),
                    StoredTrust.toBrowsers(stored.trusted()),
                    Optional.ofNullable(stored.spentCodes())
                            .map(StoredSpentCodes::toSpentCodes)
                            .orElse(Map.of()),
                    Optional.ofNullable(stored.vaultCounters()).orElse(Map.of()));
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw new UnreadableStateException("not the JSON it should be");
        }
    }

    private record Stored(
            @JsonProperty("v") int version,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("t") StoredThrottle throttle,
            @JsonProperty("d") Map<String, StoredDevice> devices,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("p") Map<String, Long> farSteps,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("w") Long warnedEpochSecond,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("r") Map<String, StoredTrust> trusted,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("b") Map<String, StoredSpentCodes> spentCodes,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("h") Map<String, Long> vaultCounters) {}

    /** Left out of the row of someone who was not wrong, as most rows are. */
    private record StoredThrottle(
            @JsonProperty("f") int failures,
            @JsonProperty("n") int failuresSinceLock,
            @JsonProperty("l") int locks,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("u") Long lockedUntilEpochSecond) {

        static StoredThrottle of(Throttle throttle) {
            return throttle.equals(Throttle.NONE)
                    ? null
                    : new StoredThrottle(
                            throttle.failures(),
                            throttle.failuresSinceLock(),
                            throttle.locks(),
                            throttle.lockedUntil().map(Instant::getEpochSecond).orElse(null));
        }

        Throttle toThrottle() {
            return new Throttle(
                    failures,
                    failuresSinceLock,
                    locks,
                    Optional.ofNullable(lockedUntilEpochSecond).map(Instant::ofEpochSecond));
        }
    }

    private record StoredDevice(
            @JsonProperty("s") long step,
            @JsonProperty("u") long usedEpochSecond,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("o") int drift) {

        static StoredDevice of(DeviceState device) {
            return new StoredDevice(device.lastAcceptedStep(), device.lastUsed().getEpochSecond(), device.drift());
        }

        DeviceState toState() {
            return new DeviceState(step, Instant.ofEpochSecond(usedEpochSecond), drift);
        }
    }

    /** Left out where no browser is or was trusted. The use is in milliseconds, for the grace after it is short. */
    private record StoredTrust(
            @JsonProperty("k") String key,
            @JsonProperty("n") String current,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("p") String previous,
            @JsonProperty("c") long createdEpochSecond,
            @JsonProperty("e") long expiresEpochSecond,
            @JsonProperty("u") long usedEpochMilli,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("a") String address,
            @JsonProperty("b") String basis,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonProperty("x") boolean ended) {

        static Map<String, StoredTrust> of(TrustedBrowsers browsers) {
            Map<String, StoredTrust> stored = new TreeMap<>();
            browsers.lines().forEach((id, line) -> stored.put(id, of(line)));
            return stored.isEmpty() ? null : stored;
        }

        private static StoredTrust of(TrustLine line) {
            return new StoredTrust(
                    line.key().text(),
                    line.current().text(),
                    line.previous().map(TokenHash::text).orElse(null),
                    line.created().getEpochSecond(),
                    line.expires().getEpochSecond(),
                    line.lastUsed().toEpochMilli(),
                    line.address().orElse(null),
                    line.basis(),
                    line.ended());
        }

        static TrustedBrowsers toBrowsers(Map<String, StoredTrust> stored) {
            return stored == null
                    ? TrustedBrowsers.NONE
                    : new TrustedBrowsers(stored.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().toLine())));
        }

        private TrustLine toLine() {
            return new TrustLine(
                    new TokenHash(key),
                    new TokenHash(current),
                    Optional.ofNullable(previous).map(TokenHash::new),
                    Instant.ofEpochSecond(createdEpochSecond),
                    Instant.ofEpochSecond(expiresEpochSecond),
                    Instant.ofEpochMilli(usedEpochMilli),
                    Optional.ofNullable(address),
                    basis,
                    ended);
        }
    }

    private record StoredSpentCodes(@JsonProperty("n") List<Integer> numbers, @JsonProperty("u") long usedEpochSecond) {

        static Map<String, StoredSpentCodes> of(Map<String, SpentCodes> spentCodes) {
            Map<String, StoredSpentCodes> stored = new TreeMap<>();
            spentCodes.forEach((id, spent) -> stored.put(
                    id,
                    new StoredSpentCodes(
                            spent.numbers().stream().sorted().toList(),
                            spent.lastUsed().getEpochSecond())));
            return stored;
        }

        static Map<String, SpentCodes> toSpentCodes(Map<String, StoredSpentCodes> stored) {
            return stored.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                    .toSpentCodes()));
        }

        private SpentCodes toSpentCodes() {
            return new SpentCodes(Set.copyOf(numbers), Instant.ofEpochSecond(usedEpochSecond));
        }
    }

    /** The row cannot be understood. */
    static final class UnreadableStateException extends Exception {
        UnreadableStateException(String message) {
            super(message);
        }
    }
}
