package io.github.totpguard.keycloak.vault.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.totpguard.keycloak.vault.rest.BodyFields.Field;
import io.github.totpguard.keycloak.vault.rest.BodyFields.Kind;
import io.github.totpguard.keycloak.vault.rest.BodyReader.Placeholder;
import io.github.totpguard.keycloak.vault.rest.UnreadableBodyException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A request's body")
final class BodyReaderTest {
    private static final BodyFields FIELDS = new BodyFields(4_000, 100)
            .with("name", new Field(Kind.TEXT, 10))
            .with("list", new Field(Kind.TEXTS, 10))
            .with("count", new Field(Kind.NUMBER, 0))
            .with("flag", new Field(Kind.FLAG, 0));

    @Test
    @DisplayName("declared fields are read by their types, in any order; other members are skipped")
    void fields() throws UnreadableBodyException {
        assertThat(read("{\"x\": {\"name\": [1, {}]}, \"flag\": true, \"list\": [\"a\", \"b\"], \"y\": [[]],"
                        + " \"count\": -7, \"name\": \"n\\u00e4h\"} \n"))
                .isEqualTo(Map.of("flag", true, "list", List.of("a", "b"), "count", -7L, "name", "näh"));
        assertThat(read("{}")).isEmpty();
    }

    @Test
    @DisplayName("null and a value of another type are distinguished from a missing field")
    void placeholders() throws UnreadableBodyException {
        assertThat(read("{\"name\": null, \"list\": [\"a\", [\"b\"], \"c\"], \"count\": 1.5, \"flag\": {\"a\": {}}}"))
                .isEqualTo(Map.of(
                        "name", Placeholder.NULL,
                        "list", Placeholder.OTHER_TYPE,
                        "count", Placeholder.OTHER_TYPE,
                        "flag", Placeholder.OTHER_TYPE));
        assertThat(read("{\"count\": 9223372036854775807}")).containsEntry("count", Long.MAX_VALUE);
        assertThat(read("{\"count\": 9223372036854775808}")).containsEntry("count", Placeholder.OTHER_TYPE);
        assertThat(read("{\"name\": [\"a\"], \"list\": \"a\", \"count\": \"1\", \"flag\": 1}"))
                .hasSize(4)
                .allSatisfy((name, value) -> assertThat(value).isEqualTo(Placeholder.OTHER_TYPE));
    }

    @ParameterizedTest
    @DisplayName("a body is refused if it is not a JSON object, has more than one, or contains a name twice")
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "7",
                "null",
                "{",
                "{\"name\"",
                "{\"name\":",
                "{\"name\": \"a",
                "{\"name\": otpauth",
                "{} {}",
                "{} x",
                "{\"name\": \"a\"}]",
                "{\"name\": \"a\", \"name\": \"a\"}",
                "{\"x\": {\"y\": 1, \"y\": 1}}"
            })
    void noObject(String body) {
        UnreadableBodyException refusal = refusal(body);
        assertThat(refusal.reason()).isEqualTo(Reason.NOT_AN_OBJECT);
        assertThat(refusal)
                .hasMessage("The body of the request is not a JSON object")
                .hasNoCause();
    }

    @Test
    @Tag("S43")
    @DisplayName("bytes, parts, depth, names, numbers and characters of a field are limited, also in skipped members")
    void bounds() throws UnreadableBodyException {
        assertThat(read("{\"name\": \"" + "a".repeat(10) + "\"}")).hasSize(1);
        assertTooLarge("{\"name\": \"" + "a".repeat(11) + "\"}", "The field name has up to 10 characters");
        assertThat(read("{\"list\": [\"aaaaa\", \"bbbbb\"]}")).hasSize(1);
        assertTooLarge("{\"list\": [\"aaaaa\", \"bbbbbb\"]}", "The field list has up to 10 characters");
        assertThat(read("{\"z\": [" + elements(94) + "]}")).isEmpty();
        assertTooLarge("{\"z\": [" + elements(95) + "]}", "The body of the request has up to 100 parts here");
        assertTooLarge("{\"list\": [" + elements(95) + "]}", "The body of the request has up to 100 parts here");
        assertThat(read(nested(16))).isEmpty();
        assertTooLarge(nested(17), "nested too deeply");
        assertTooLarge("{\"count\": " + "1".repeat(101) + "}", "too long");
        assertTooLarge("{\"z\": " + "1".repeat(101) + "}", "too long");
        assertTooLarge("{\"" + "z".repeat(1_001) + "\": 1}", "too long");
        assertThat(read("{\"z\": \"" + "a".repeat(3_991) + "\"}")).isEmpty();
        assertTooLarge("{\"z\": \"" + "a".repeat(3_992) + "\"}", "A request has up to 4000 bytes here");
    }

    @Test
    @Tag("S43")
    @DisplayName("an endless body is read only up to its limit, and the rest of the stream is not read")
    void endless() {
        AtomicLong handedOut = new AtomicLong();
        AtomicBoolean closed = new AtomicBoolean();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                assertThat(handedOut.get()).as("bytes read").isLessThanOrEqualTo(4_000);
                return handedOut.getAndIncrement() == 0 ? '{' : ' ';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = (byte) read();
                return 1;
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        assertThat(refusal(endless, () -> 0L).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(closed).as("closed, which reads the rest of a request").isFalse();
    }

    @Test
    @Tag("S44")
    @DisplayName("a body that arrives one byte at a time is refused after 30 seconds in total")
    void slow() throws UnreadableBodyException {
        byte[] body = ("{" + " ".repeat(100) + "}").getBytes(StandardCharsets.UTF_8);
        assertThat(BodyReader.read(new Dripping(body), FIELDS, stepping(Duration.ofMillis(100))))
                .isEmpty();
        UnreadableBodyException refusal = refusal(new Dripping(body), stepping(Duration.ofSeconds(1)));
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_SLOW);
        assertThat(refusal).hasMessageContaining("30 seconds");
    }

    @Test
    @DisplayName("a broken connection is handled like a body that ends too early")
    void broken() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Read timed out");
            }
        };
        assertThat(refusal(broken, () -> 0L).reason()).isEqualTo(Reason.NOT_AN_OBJECT);
    }

    private static LongSupplier stepping(Duration step) {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        return () -> now.getAndAdd(step.toNanos());
    }

    private static String elements(int count) {
        return IntStream.range(0, count).mapToObj(i -> "1").collect(Collectors.joining(","));
    }

    private static String nested(int depth) {
        return "{\"z\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    private static Map<String, Object> read(String body) throws UnreadableBodyException {
        return BodyReader.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), FIELDS, () -> 0L);
    }

    private static void assertTooLarge(String body, String message) {
        UnreadableBodyException refusal = refusal(body);
        assertThat(refusal.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal).hasMessageContaining(message);
    }

    private static UnreadableBodyException refusal(String body) {
        return refusal(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), () -> 0L);
    }

    private static UnreadableBodyException refusal(InputStream body, LongSupplier nanos) {
        UnreadableBodyException refusal =
                catchThrowableOfType(UnreadableBodyException.class, () -> BodyReader.read(body, FIELDS, nanos));
        assertThat(refusal).as("refusal").isNotNull();
        return refusal;
    }

    /** Returns one byte at each read. */
    private static final class Dripping extends ByteArrayInputStream {
        private Dripping(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, 1);
        }
    }
}
