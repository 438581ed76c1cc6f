package io.github.totpguard.keycloak.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.keycloak.gate.StateCodec.UnreadableStateException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    @Test
    @DisplayName("what is written is read again")
    void roundTrip() throws UnreadableStateException {
        Map<String, DeviceState> devices = Map.of(
                "a", new DeviceState(56_000_000, Instant.ofEpochSecond(1_680_000_000), -3),
                "b", new DeviceState(Long.MAX_VALUE, Instant.EPOCH, 0));
        for (Throttle throttle : List.of(
                Throttle.NONE,
                new Throttle(3, 3, 0, Optional.empty()),
                new Throttle(12, 2, 2, Optional.of(Instant.ofEpochSecond(1_680_000_060))))) {
            SecondFactorState state = new SecondFactorState(
                    throttle, devices, Map.of("a", 56_000_009L), Optional.of(Instant.ofEpochSecond(1_680_000_100)));
            assertThat(StateCodec.read(StateCodec.write(state))).isEqualTo(state);
        }
    }

    @Test
    @DisplayName("the row's text is a contract with rows that are stored already")
    void format() {
        Map<String, DeviceState> devices = Map.of("a", new DeviceState(7, Instant.ofEpochSecond(210), 0));
        assertThat(StateCodec.write(new SecondFactorState(Throttle.NONE, devices, Map.of(), Optional.empty())))
                .isEqualTo("{\"v\":1,\"d\":{\"a\":{\"s\":7,\"u\":210}}}");
        Throttle throttle = new Throttle(7, 2, 1, Optional.of(Instant.ofEpochSecond(300)));
        Map<String, DeviceState> fast = Map.of("a", new DeviceState(7, Instant.ofEpochSecond(210), 2));
        assertThat(StateCodec.write(new SecondFactorState(
                        throttle, fast, Map.of("a", 19L), Optional.of(Instant.ofEpochSecond(290)))))
                .isEqualTo(
                        "{\"v\":1,\"t\":{\"f\":7,\"n\":2,\"l\":1,\"u\":300},\"d\":{\"a\":{\"s\":7,\"u\":210,\"o\":2}},"
                                + "\"p\":{\"a\":19},\"w\":290}");
    }

    @Test
    @DisplayName("S13 what cannot be understood is refused, not taken for an empty state")
    void unreadable() {
        for (String text : new String[] {
            "",
            "{}",
            "null",
            "[]",
            "{\"v\":2,\"d\":{}}",
            "{\"v\":1}",
            "{\"v\":1,\"d\":{\"a\":null}}",
            "{\"v\":1,\"d\":{\"a\":{\"s\":-1,\"u\":0}}}",
            "{\"v\":1,\"d\":{\"a\":{\"s\":1",
            "{\"v\":1,\"t\":{\"f\":1,\"n\":2,\"l\":0},\"d\":{}}",
            "{\"v\":1,\"t\":{\"f\":9,\"n\":2,\"l\":1},\"d\":{}}"
        }) {
            assertThatThrownBy(() -> StateCodec.read(text)).as(text).isInstanceOf(UnreadableStateException.class);
        }
    }
}
