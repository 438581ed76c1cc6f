package io.github.totpguard.keycloak.gate.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.Drift;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.keycloak.gate.store.StateCodec.UnreadableStateException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

class OpenTextTest {
    private static final DeviceState EARLIER = new DeviceState(56_000_000, Instant.ofEpochSecond(1_680_000_000), 0);
    private static final DeviceState LATER = new DeviceState(56_000_002, Instant.ofEpochSecond(1_680_000_060), -2);

    @Test
    @DisplayName("without failures the text is a blank, the device used last, and the rest as in every row")
    void format() {
        OpenText open = OpenText.of(state(Throttle.NONE, Map.of("z", LATER, "a", EARLIER), Map.of()))
                .orElseThrow();
        assertThat(open.deviceId()).isEqualTo("z");
        assertThat(open.device()).isEqualTo(LATER);
        assertThat(open.text())
                .isEqualTo(" {\"v\":1,\"d\":{\"z\":{\"s\":           56000002,\"u\":         1680000060,\"o\":  -2},"
                        + "\"a\":{\"s\":56000000,\"u\":1680000000}}}");
    }

    @Test
    @DisplayName("an earlier version, which does not know the blank, reads the same state: the text is the same JSON")
    void readByEarlierVersions() throws UnreadableStateException, IOException {
        for (Map<String, DeviceState> devices : List.of(Map.of("a", LATER), Map.of("z", LATER, "a", EARLIER))) {
            SecondFactorState state = state(Throttle.NONE, devices, Map.of());
            String text = OpenText.of(state).orElseThrow().text();
            assertThat(StateCodec.read(text)).isEqualTo(state);
            JsonNode tree = JsonSerialization.readValue(text, JsonNode.class);
            assertThat(tree).isEqualTo(JsonSerialization.readValue(StateCodec.write(state), JsonNode.class));
        }
    }

    @Test
    @DisplayName("the head has the same length for the smallest and the largest numbers, so that SQL can replace it")
    void lengthOfHead() {
        Instant latest = Instant.ofEpochSecond(Instant.MAX.getEpochSecond());
        assertThat(OpenText.head("a", new DeviceState(Long.MAX_VALUE, latest, -Drift.MAX_STEPS)))
                .hasSameSizeAs(OpenText.head("a", new DeviceState(0, Instant.EPOCH, 0)));
    }

    @Test
    @Tag("S8")
    @DisplayName("with a failure, a far code, no device or another form of id the row has no open text")
    void notOpen() {
        Map<String, DeviceState> one = Map.of("a", LATER);
        assertThat(OpenText.of(state(new Throttle(1, 1, 0, Optional.empty()), one, Map.of())))
                .isEmpty();
        assertThat(OpenText.of(state(Throttle.NONE, one, Map.of("a", 7L)))).isEmpty();
        assertThat(OpenText.of(state(Throttle.NONE, Map.of(), Map.of()))).isEmpty();
        for (String id : List.of("A", "a\"", "a ", "a".repeat(37))) {
            assertThat(OpenText.of(state(Throttle.NONE, Map.of(id, LATER), Map.of())))
                    .as(id)
                    .isEmpty();
        }
    }

    private static SecondFactorState state(
            Throttle throttle, Map<String, DeviceState> devices, Map<String, Long> farSteps) {
        return new SecondFactorState(throttle, devices, farSteps, Optional.empty());
    }
}
