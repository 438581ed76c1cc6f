package io.github.totpguard.harness;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The offset of Keycloak's clock, on every node, from the clock of the tests. It moves
 * {@code org.keycloak.common.util.Time}; Infinispan's expiry of cache entries keeps real time. It is reset after each
 * test.
 */
public final class TestClock {

    private static final int STEP_SECONDS = 30;

    private final List<URI> nodes;
    private Duration offset = Duration.ZERO;

    public TestClock(URI... nodes) {
        this.nodes = List.of(nodes);
    }

    /** The server's time. */
    public Instant now() {
        return Instant.now().plus(offset);
    }

    public Duration offset() {
        return offset;
    }

    public void advance(Duration by) {
        set(offset.plus(by));
    }

    /**
     * Moves the clock to the beginning of a time step of 30 seconds, for tests that count steps, so that the next step
     * does not start during the test.
     */
    public void toStartOfStep() {
        long second = now().getEpochSecond() % STEP_SECONDS;
        advance(Duration.ofSeconds(STEP_SECONDS - second));
    }

    /** Sets the offset in whole seconds; negative means the past. */
    public void set(Duration newOffset) {
        nodes.forEach(node -> set(node, newOffset));
        offset = newOffset;
    }

    private static void set(URI node, Duration newOffset) {
        HttpResponse<String> response = Http.send(Http.request(
                        URI.create(node + "/realms/master/test-support/time-offset?seconds=" + newOffset.toSeconds()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the server's clock could not be moved: " + response.statusCode());
        }
    }

    public void reset() {
        if (!offset.isZero()) {
            set(Duration.ZERO);
        }
    }
}
