package io.github.totpguard.keycloak.gate.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.SpentCodes;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.trust.TokenHash;
import io.github.totpguard.core.trust.TrustedBrowserRecord;
import io.github.totpguard.core.trust.TrustedBrowsers;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a state token by token. Each method starts before its value and ends after it. */
final class StateReader {
    private final JsonParser json;

    private StateReader(JsonParser json) {
        this.json = json;
    }

    /**
     * @throws IOException if the text is not JSON or has an unknown or missing field
     * @throws IllegalArgumentException if a value is out of range
     * @throws java.time.DateTimeException if an instant is out of range
     * @throws ArithmeticException if a number is too large
     */
    static SecondFactorState read(JsonFactory factory, String text) throws IOException {
        try (JsonParser json = factory.createParser(text)) {
            SecondFactorState state = new StateReader(json).state();
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "More than one value");
            }
            return state;
        }
    }

    private interface Content<T> {
        T read() throws IOException;
    }

    private SecondFactorState state() throws IOException {
        long version = 0;
        Throttle throttle = Throttle.NONE;
        Optional<Map<String, DeviceState>> devices = Optional.empty();
        Map<String, Long> farSteps = Map.of();
        Optional<Instant> lastWarned = Optional.empty();
        TrustedBrowsers trusted = TrustedBrowsers.NONE;
        Map<String, SpentCodes> spentCodes = Map.of();
        Map<String, Long> vaultCounters = Map.of();
        startObject();
        while (nextField()) {
            switch (json.currentName()) {
                case "v" -> version = number();
                case "t" -> throttle = throttle();
                case "d" -> devices = Optional.of(map(this::device));
                case "p" -> farSteps = map(this::number);
                case "w" -> lastWarned = Optional.of(seconds());
                case "r" -> trusted = new TrustedBrowsers(map(this::trust));
                case "b" -> spentCodes = map(this::spentCodes);
                case "h" -> vaultCounters = map(this::number);
                default -> throw unknownField();
            }
        }
        if (version != StateCodec.VERSION || devices.isEmpty()) {
            throw new JsonParseException(json, "Version " + version);
        }
        return new SecondFactorState(throttle, devices.get(), farSteps, lastWarned, trusted, spentCodes, vaultCounters);
    }

    private Throttle throttle() throws IOException {
        int failures = 0;
        int failuresSinceLock = 0;
        int locks = 0;
        Optional<Instant> lockedUntil = Optional.empty();
        startObject();
        while (nextField()) {
            switch (json.currentName()) {
                case "f" -> failures = integer();
                case "n" -> failuresSinceLock = integer();
                case "l" -> locks = integer();
                case "u" -> lockedUntil = Optional.of(seconds());
                default -> throw unknownField();
            }
        }
        return new Throttle(failures, failuresSinceLock, locks, lockedUntil);
    }

    private DeviceState device() throws IOException {
        long step = -1;
        Instant used = Instant.EPOCH;
        int drift = 0;
        startObject();
        while (nextField()) {
            switch (json.currentName()) {
                case "s" -> step = number();
                case "u" -> used = seconds();
                case "o" -> drift = integer();
                default -> throw unknownField();
            }
        }
        return new DeviceState(step, used, drift);
    }

    private TrustedBrowserRecord trust() throws IOException {
        String key = "";
        String current = "";
        Optional<TokenHash> previous = Optional.empty();
        Instant created = Instant.EPOCH;
        Instant expires = Instant.EPOCH;
        Instant used = Instant.EPOCH;
        Optional<String> address = Optional.empty();
        Optional<String> basis = Optional.empty();
        boolean ended = false;
        startObject();
        while (nextField()) {
            switch (json.currentName()) {
                case "k" -> key = text();
                case "n" -> current = text();
                case "p" -> previous = Optional.of(new TokenHash(text()));
                case "c" -> created = seconds();
                case "e" -> expires = seconds();
                case "u" -> used = Instant.ofEpochMilli(number());
                case "a" -> address = Optional.of(text());
                case "b" -> basis = Optional.of(text());
                case "x" -> ended = bool();
                default -> throw unknownField();
            }
        }
        return new TrustedBrowserRecord(
                new TokenHash(key),
                new TokenHash(current),
                previous,
                created,
                expires,
                used,
                address,
                basis.orElseThrow(() -> new JsonParseException(json, "No basis")),
                ended);
    }

    private SpentCodes spentCodes() throws IOException {
        Optional<Set<Integer>> numbers = Optional.empty();
        Instant used = Instant.EPOCH;
        startObject();
        while (nextField()) {
            switch (json.currentName()) {
                case "n" -> numbers = Optional.of(integers());
                case "u" -> used = seconds();
                default -> throw unknownField();
            }
        }
        return new SpentCodes(numbers.orElseThrow(() -> new JsonParseException(json, "No numbers")), used);
    }

    private <T> Map<String, T> map(Content<T> content) throws IOException {
        Map<String, T> values = new HashMap<>();
        startObject();
        while (nextField()) {
            values.put(json.currentName(), content.read());
        }
        return values;
    }

    private Set<Integer> integers() throws IOException {
        Set<Integer> integers = new HashSet<>();
        require(json.nextToken(), JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken(), JsonToken.VALUE_NUMBER_INT);
            integers.add(json.getIntValue());
        }
        return integers;
    }

    private void startObject() throws IOException {
        require(json.nextToken(), JsonToken.START_OBJECT);
    }

    private boolean nextField() throws IOException {
        JsonToken token = json.nextToken();
        if (token == JsonToken.END_OBJECT) {
            return false;
        }
        require(token, JsonToken.FIELD_NAME);
        return true;
    }

    private long number() throws IOException {
        require(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private int integer() throws IOException {
        return Math.toIntExact(number());
    }

    private Instant seconds() throws IOException {
        return Instant.ofEpochSecond(number());
    }

    private String text() throws IOException {
        require(json.nextToken(), JsonToken.VALUE_STRING);
        return json.getText();
    }

    private boolean bool() throws IOException {
        json.nextToken();
        return json.getBooleanValue();
    }

    private void require(JsonToken found, JsonToken expected) throws JsonParseException {
        if (found != expected) {
            throw new JsonParseException(json, "Expected " + expected);
        }
    }

    private JsonParseException unknownField() {
        return new JsonParseException(json, "Unknown field");
    }
}
