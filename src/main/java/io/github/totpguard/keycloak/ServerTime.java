package io.github.totpguard.keycloak;

import java.time.Instant;
import org.keycloak.common.util.Time;

/** Keycloak's clock, which administrators and tests can move. */
public final class ServerTime {
    private ServerTime() {}

    public static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
