package io.github.totpguard.keycloak.gate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.Drift;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.SpentCodes;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.trust.TokenHash;
import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.core.trust.TrustUse;
import io.github.totpguard.core.trust.TrustedBrowserRecord;
import io.github.totpguard.core.trust.TrustedBrowsers;
import io.github.totpguard.keycloak.gate.store.StateCodec.UnreadableStateException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    /** SHA-256 of the text of 32 zero bytes, computed by another program. */
    private static final String HASH_OF_ZEROS = "DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQnip4TOnlzRo";

    @Test
    @DisplayName("a written state is read unchanged")
    void roundTrip() throws UnreadableStateException {
        Map<String, DeviceState> devices = Map.of(
                "a", new DeviceState(56_000_000, Instant.ofEpochSecond(1_680_000_000), -3),
                "b", new DeviceState(Long.MAX_VALUE, Instant.EPOCH, 0));
        for (Throttle throttle : List.of(
                Throttle.NONE,
                new Throttle(3, 3, 0, Optional.empty()),
                new Throttle(12, 2, 2, Optional.of(Instant.ofEpochSecond(1_680_000_060))))) {
            SecondFactorState state = new SecondFactorState(
                    throttle,
                    devices,
                    Map.of("a", 56_000_009L),
                    Optional.of(Instant.ofEpochSecond(1_680_000_100)),
                    TrustedBrowsers.NONE,
                    Map.of("c", new SpentCodes(Set.of(7, 20), Instant.ofEpochSecond(1_680_000_200))),
                    Map.of("v", 0L, "w", Long.MAX_VALUE));
            assertThat(StateCodec.read(StateCodec.write(state))).isEqualTo(state);
        }
    }

    @Test
    @DisplayName("the format of the text stays, because rows are already stored in it")
    void format() {
        Map<String, DeviceState> devices = Map.of("a", new DeviceState(7, Instant.ofEpochSecond(210), 0));
        assertThat(StateCodec.write(new SecondFactorState(Throttle.NONE, devices, Map.of(), Optional.empty())))
                .isEqualTo("{\"v\":1,\"d\":{\"a\":{\"s\":7,\"u\":210}}}");
        Throttle throttle = new Throttle(7, 2, 1, Optional.of(Instant.ofEpochSecond(300)));
        Map<String, DeviceState> fast = Map.of("a", new DeviceState(7, Instant.ofEpochSecond(210), 2));
        assertThat(StateCodec.write(new SecondFactorState(
                        throttle,
                        fast,
                        Map.of("a", 19L),
                        Optional.of(Instant.ofEpochSecond(290)),
                        TrustedBrowsers.NONE,
                        Map.of("c", new SpentCodes(Set.of(7, 2), Instant.ofEpochSecond(280))),
                        Map.of("w", 5L, "v", 8L))))
                .isEqualTo(
                        "{\"v\":1,\"t\":{\"f\":7,\"n\":2,\"l\":1,\"u\":300},\"d\":{\"a\":{\"s\":7,\"u\":210,\"o\":2}},"
                                + "\"p\":{\"a\":19},\"w\":290,\"b\":{\"c\":{\"n\":[2,7],\"u\":280}},\"h\":{\"v\":8,\"w\":5}}");
    }

    @Test
    @DisplayName("a trusted browser is stored with hashes, times and address, but without its secret")
    void trustedBrowser() throws UnreadableStateException {
        TrustToken token = TrustToken.of(new byte[TrustToken.BYTES], new byte[TrustToken.BYTES]);
        TrustedBrowserRecord browser = TrustedBrowserRecord.begin(
                token, Instant.ofEpochSecond(100), Instant.ofEpochSecond(200), Optional.empty(), "b");
        SecondFactorState state = SecondFactorState.EMPTY.with(new TrustedBrowsers(Map.of("c", browser)));
        String text = StateCodec.write(state);
        assertThat(text)
                .isEqualTo("{\"v\":1,\"d\":{},\"r\":{\"c\":{\"k\":\"" + HASH_OF_ZEROS + "\",\"n\":\"" + HASH_OF_ZEROS
                        + "\",\"c\":100,\"e\":200,\"u\":100000,\"b\":\"b\"}}}");
        assertThat(StateCodec.read(text)).isEqualTo(state);
        for (String part : token.value().split("\\.")) {
            assertThat(text).doesNotContain(part);
        }
    }

    @Test
    @Tag("S40")
    @DisplayName("an ended token family is marked in the row, and has no address any more")
    void endedTrust() throws UnreadableStateException {
        TrustToken token = TrustToken.of(new byte[TrustToken.BYTES], new byte[TrustToken.BYTES]);
        TrustedBrowserRecord browser = TrustedBrowserRecord.begin(
                token, Instant.ofEpochSecond(100), Instant.ofEpochSecond(200), Optional.of("192.0.2.1"), "b");
        TrustedBrowsers ended = new TrustedBrowsers(Map.of("c", browser))
                .look(new TrustUse(
                        token, Set.of(), "b", Duration.ofDays(1), Optional.empty(), Instant.ofEpochSecond(150)))
                .browsers();
        SecondFactorState state = SecondFactorState.EMPTY.with(ended);
        String text = StateCodec.write(state);
        assertThat(text)
                .isEqualTo("{\"v\":1,\"d\":{},\"r\":{\"c\":{\"k\":\"" + HASH_OF_ZEROS + "\",\"n\":\"" + HASH_OF_ZEROS
                        + "\",\"c\":100,\"e\":200,\"u\":100000,\"b\":\"b\",\"x\":true}}}");
        assertThat(StateCodec.read(text)).isEqualTo(state);
    }

    @Property(tries = 500)
    @Label("every state is read as it was written")
    void everyState(@ForAll("states") SecondFactorState state) throws UnreadableStateException {
        assertThat(StateCodec.read(StateCodec.write(state))).isEqualTo(state);
    }

    @Property(tries = 200)
    @Label(
            "rows from before drift was remembered are read: drift 0, no far code, warning, spent backup code or counter")
    void olderRows(@ForAll("throttles") Throttle throttle, @ForAll("devices") Map<String, DeviceState> devices)
            throws UnreadableStateException {
        String older = "{\"v\":1,"
                + (throttle.equals(Throttle.NONE)
                        ? ""
                        : "\"t\":{\"f\":" + throttle.failures() + ",\"n\":" + throttle.failuresSinceLock() + ",\"l\":"
                                + throttle.locks()
                                + throttle.lockedUntil()
                                        .map(until -> ",\"u\":" + until.getEpochSecond())
                                        .orElse("")
                                + "},")
                + "\"d\":{"
                + devices.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":{\"s\":"
                                + entry.getValue().lastAcceptedStep() + ",\"u\":"
                                + entry.getValue().lastUsed().getEpochSecond() + "}")
                        .collect(Collectors.joining(","))
                + "}}";
        Map<String, DeviceState> withoutDrift = devices.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new DeviceState(
                                entry.getValue().lastAcceptedStep(),
                                entry.getValue().lastUsed(),
                                0)));
        assertThat(StateCodec.read(older))
                .isEqualTo(new SecondFactorState(throttle, withoutDrift, Map.of(), Optional.empty()));
    }

    @Provide
    Arbitrary<SecondFactorState> states() {
        Arbitrary<Map<String, Long>> far = Arbitraries.maps(ids(), steps()).ofMaxSize(3);
        Arbitrary<SpentCodes> spent = Combinators.combine(
                        Arbitraries.integers().between(1, 20).set().ofMaxSize(20), instants())
                .as(SpentCodes::new);
        Arbitrary<Map<String, SpentCodes>> codes =
                Arbitraries.maps(ids(), spent).ofMaxSize(3);
        Arbitrary<Map<String, Long>> counters = Arbitraries.maps(ids(), steps()).ofMaxSize(3);
        return Combinators.combine(throttles(), devices(), far, instants().optional(), trusted(), codes, counters)
                .as(SecondFactorState::new);
    }

    private static Arbitrary<TrustedBrowsers> trusted() {
        Arbitrary<TokenHash> hashes = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-_")
                .ofLength(43)
                .map(TokenHash::new);
        Arbitrary<Instant> uses = Arbitraries.longs().between(0, Long.MAX_VALUE).map(Instant::ofEpochMilli);
        Arbitrary<String> texts = Arbitraries.strings().ofMinLength(1).ofMaxLength(45);
        Arbitrary<TrustedBrowserRecord> browser = Combinators.combine(
                        hashes, hashes, hashes.optional(), instants(), instants(), uses, texts.optional(), texts)
                .flatAs((key, current, previous, created, expires, used, address, basis) -> Arbitraries.of(true, false)
                        .map(ended -> new TrustedBrowserRecord(
                                key, current, previous, created, expires, used, address, basis, ended)));
        return Arbitraries.maps(ids(), browser).ofMaxSize(3).map(TrustedBrowsers::new);
    }

    @Provide
    Arbitrary<Throttle> throttles() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 1000);
        return Combinators.combine(counts, counts, counts, instants())
                .as((one, other, locks, until) -> new Throttle(
                        Math.max(one, other),
                        Math.min(one, other),
                        locks,
                        locks > 0 ? Optional.of(until) : Optional.empty()));
    }

    @Provide
    Arbitrary<Map<String, DeviceState>> devices() {
        Arbitrary<DeviceState> device = Combinators.combine(
                        steps(), instants(), Arbitraries.integers().between(-Drift.MAX_STEPS, Drift.MAX_STEPS))
                .as(DeviceState::new);
        return Arbitraries.maps(ids(), device).ofMaxSize(5);
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-:")
                .ofMinLength(1)
                .ofMaxLength(40);
    }

    private static Arbitrary<Long> steps() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE);
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(0, Instant.MAX.getEpochSecond()).map(Instant::ofEpochSecond);
    }

    @Test
    @Tag("S13")
    @DisplayName("an unreadable text is refused, not treated as an empty state")
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
            "{\"v\":1,\"d\":{\"a\":{\"s\":1,\"u\":0,\"o\":101}}}",
            "{\"v\":1,\"d\":{},\"p\":{\"a\":-1}}",
            "{\"v\":1,\"d\":{},\"p\":{\"a\":null}}",
            "{\"v\":1,\"d\":{},\"w\":\"now\"}",
            "{\"v\":1,\"d\":{},\"r\":{\"c\":null}}",
            "{\"v\":1,\"d\":{},\"r\":{\"c\":{\"k\":\"short\",\"n\":\"short\",\"c\":1,\"e\":2,\"u\":3,\"b\":\"b\"}}}",
            "{\"v\":1,\"d\":{},\"r\":{\"c\":{\"k\":\"" + HASH_OF_ZEROS + "\",\"n\":\"" + HASH_OF_ZEROS
                    + "\",\"c\":1,\"e\":2,\"u\":3}}}",
            "{\"v\":1,\"d\":{},\"b\":{\"c\":null}}",
            "{\"v\":1,\"d\":{},\"b\":{\"c\":{\"u\":1}}}",
            "{\"v\":1,\"d\":{},\"b\":{\"c\":{\"n\":[0],\"u\":1}}}",
            "{\"v\":1,\"d\":{},\"b\":{\"c\":{\"n\":[null],\"u\":1}}}",
            "{\"v\":1,\"d\":{},\"h\":{\"c\":-1}}",
            "{\"v\":1,\"d\":{},\"h\":{\"c\":null}}",
            "{\"v\":1,\"d\":{},\"h\":7}",
            "{\"v\":1,\"t\":{\"f\":1,\"n\":2,\"l\":0},\"d\":{}}",
            "{\"v\":1,\"t\":{\"f\":9,\"n\":2,\"l\":1},\"d\":{}}"
        }) {
            assertThatThrownBy(() -> StateCodec.read(text)).as(text).isInstanceOf(UnreadableStateException.class);
        }
    }
}
