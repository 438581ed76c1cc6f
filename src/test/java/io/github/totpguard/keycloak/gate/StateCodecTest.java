package io.github.totpguard.keycloak.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.StateCodec.UnreadableStateException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    @Test
    @DisplayName("what is written is read again")
    void roundTrip() throws UnreadableStateException {
        SecondFactorState state = new SecondFactorState(Map.of(
                "a", new DeviceState(56_000_000, Instant.ofEpochSecond(1_680_000_000)),
                "b", new DeviceState(Long.MAX_VALUE, Instant.EPOCH)));
        assertThat(StateCodec.read(StateCodec.write(state))).isEqualTo(state);
    }

    @Test
    @DisplayName("the row's text is a contract with rows that are stored already")
    void format() {
        SecondFactorState state = new SecondFactorState(Map.of("a", new DeviceState(7, Instant.ofEpochSecond(210))));
        assertThat(StateCodec.write(state)).isEqualTo("{\"v\":1,\"d\":{\"a\":{\"s\":7,\"u\":210}}}");
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
            "{\"v\":1,\"d\":{\"a\":{\"s\":1"
        }) {
            assertThatThrownBy(() -> StateCodec.read(text)).as(text).isInstanceOf(UnreadableStateException.class);
        }
    }
}
