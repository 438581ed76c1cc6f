package io.github.totpguard.keycloak.gate.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.state.SpentCodes;
import io.github.totpguard.core.state.Throttle;
import io.github.totpguard.core.trust.TrustedBrowserRecord;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a state token by token, in a fixed order. Empty values and defaults are left out. */
final class StateWriter {
    private final JsonGenerator json;

    private StateWriter(JsonGenerator json) {
        this.json = json;
    }

    static String write(JsonFactory factory, SecondFactorState state) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = factory.createGenerator(text)) {
            new StateWriter(json).state(state);
        } catch (IOException e) {
            throw new IllegalStateException("A StringWriter does not fail", e);
        }
        return text.toString();
    }

    private interface Content<T> {
        void write(T value) throws IOException;
    }

    private void state(SecondFactorState state) throws IOException {
        json.writeStartObject();
        json.writeNumberField("v", StateCodec.VERSION);
        if (!state.throttle().equals(Throttle.NONE)) {
            json.writeFieldName("t");
            throttle(state.throttle());
        }
        json.writeFieldName("d");
        map(state.devices(), this::device);
        mapIfAny("p", state.farSteps(), json::writeNumber);
        if (state.lastWarned().isPresent()) {
            seconds("w", state.lastWarned().get());
        }
        mapIfAny("r", state.trusted().lines(), this::trust);
        mapIfAny("b", state.spentCodes(), this::spentCodes);
        mapIfAny("h", state.vaultCounters(), json::writeNumber);
        json.writeEndObject();
    }

    private void throttle(Throttle throttle) throws IOException {
        json.writeStartObject();
        json.writeNumberField("f", throttle.failures());
        json.writeNumberField("n", throttle.failuresSinceLock());
        json.writeNumberField("l", throttle.locks());
        if (throttle.lockedUntil().isPresent()) {
            seconds("u", throttle.lockedUntil().get());
        }
        json.writeEndObject();
    }

    private void device(DeviceState device) throws IOException {
        json.writeStartObject();
        json.writeNumberField("s", device.lastAcceptedStep());
        seconds("u", device.lastUsed());
        if (device.drift() != 0) {
            json.writeNumberField("o", device.drift());
        }
        json.writeEndObject();
    }

    /** The last use is in milliseconds, because the grace period after it is short. */
    private void trust(TrustedBrowserRecord browser) throws IOException {
        json.writeStartObject();
        json.writeStringField("k", browser.key().text());
        json.writeStringField("n", browser.current().text());
        if (browser.previous().isPresent()) {
            json.writeStringField("p", browser.previous().get().text());
        }
        seconds("c", browser.created());
        seconds("e", browser.expires());
        json.writeNumberField("u", browser.lastUsed().toEpochMilli());
        if (browser.address().isPresent()) {
            json.writeStringField("a", browser.address().get());
        }
        json.writeStringField("b", browser.basis());
        if (browser.ended()) {
            json.writeBooleanField("x", true);
        }
        json.writeEndObject();
    }

    private void spentCodes(SpentCodes spent) throws IOException {
        List<Integer> numbers = spent.numbers().stream().sorted().toList();
        json.writeStartObject();
        json.writeArrayFieldStart("n");
        for (int number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
        seconds("u", spent.lastUsed());
        json.writeEndObject();
    }

    private void seconds(String name, Instant instant) throws IOException {
        json.writeNumberField(name, instant.getEpochSecond());
    }

    private <T> void mapIfAny(String name, Map<String, T> values, Content<T> content) throws IOException {
        if (!values.isEmpty()) {
            json.writeFieldName(name);
            map(values, content);
        }
    }

    private <T> void map(Map<String, T> values, Content<T> content) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, T> entry : new TreeMap<>(values).entrySet()) {
            json.writeFieldName(entry.getKey());
            content.write(entry.getValue());
        }
        json.writeEndObject();
    }
}
