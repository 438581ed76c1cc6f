package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.keycloak.ServerTime;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;

/** The page of a locked second factor. It says when to try again, and is the same for every input. */
public final class LockedPage {
    private LockedPage() {}

    /** @param verdict a verdict with {@link Verdict#shut()} */
    public static Response of(LoginFormsProvider form, Verdict verdict) {
        Instant now = ServerTime.now();
        return form.setAttribute("totpGuardLocked", new Model(verdict.lockedUntil(), now))
                .createForm("totp-guard-locked.ftl");
    }

    /** The template data of {@code totp-guard-locked.ftl}; public with getters because FreeMarker reads it. */
    public static final class Model {
        private static final int SECONDS_PER_MINUTE = 60;

        private final Optional<Instant> until;
        private final Instant now;

        Model(Optional<Instant> until, Instant now) {
            this.until = until;
            this.now = now;
        }

        /** Whether the lock does not end on its own. */
        public boolean isHard() {
            return until.isEmpty();
        }

        /** The end of the lock in epoch seconds; 0 for a hard lock. */
        public long getUntil() {
            return until.map(Instant::getEpochSecond).orElse(0L);
        }

        /** The minutes until the end of the lock, rounded up, at least 1. */
        public long getMinutes() {
            long seconds =
                    until.map(end -> Duration.between(now, end).toSeconds()).orElse(0L);
            return Math.max(1, (seconds + SECONDS_PER_MINUTE) / SECONDS_PER_MINUTE);
        }
    }
}
