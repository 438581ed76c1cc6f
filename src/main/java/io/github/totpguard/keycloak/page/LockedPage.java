package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.keycloak.ServerTime;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;

/** The page of a locked second factor: when to try again, and the same for every input. */
public final class LockedPage {
    private LockedPage() {}

    /** @param verdict one that is {@link Verdict#shut()} */
    public static Response of(LoginFormsProvider form, Verdict verdict) {
        Instant now = ServerTime.now();
        return form.setAttribute("totpGuardLocked", new Model(verdict.lockedUntil(), now))
                .createForm("totp-guard-locked.ftl");
    }

    /** What {@code totp-guard-locked.ftl} shows; public with getters because FreeMarker reads it. */
    public static final class Model {
        private static final int SECONDS_PER_MINUTE = 60;

        private final Optional<Instant> until;
        private final Instant now;

        Model(Optional<Instant> until, Instant now) {
            this.until = until;
            this.now = now;
        }

        /** Whether no time opens it. */
        public boolean isHard() {
            return until.isEmpty();
        }

        /** Epoch seconds; 0 for a lock without end. */
        public long getUntil() {
            return until.map(Instant::getEpochSecond).orElse(0L);
        }

        /** Minutes until then, begun ones counted, at least 1. */
        public long getMinutes() {
            long seconds = until.map(end -> Duration.between(now, end).toSeconds()).orElse(0L);
            return Math.max(1, (seconds + SECONDS_PER_MINUTE) / SECONDS_PER_MINUTE);
        }
    }
}
