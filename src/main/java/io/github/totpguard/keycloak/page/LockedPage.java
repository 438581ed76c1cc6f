package io.github.totpguard.keycloak.page;

import io.github.totpguard.core.state.Verdict;
import io.github.totpguard.keycloak.ServerTime;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.RealmModel;

/** The page of a locked second factor. It says when to try again, and is the same for every input. */
public final class LockedPage {
    private LockedPage() {}

    /** @param verdict a verdict with {@link Verdict#shut()} */
    public static Response of(LoginFormsProvider form, RealmModel realm, Verdict verdict) {
        return HelpContact.on(form, realm)
                .setAttribute("totpGuardLocked", new Model(verdict.lockedUntil(), ServerTime.now()))
                .createForm("totp-guard-locked.ftl");
    }

    /** The template data of {@code totp-guard-locked.ftl}; public with getters because FreeMarker reads it. */
    public static final class Model {
        private static final int SECONDS_PER_MINUTE = 60;

        /** If the lock lasts longer, the page also says the date of its end. */
        private static final Duration WITHOUT_DATE = Duration.ofHours(12);

        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT);
        private static final DateTimeFormatter DATE_AND_TIME =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

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

        /** The end of the lock in ISO 8601; empty for a hard lock. */
        public String getUntilIso() {
            return until.map(Instant::toString).orElse("");
        }

        /**
         * The end of the lock as text, in UTC and rounded up to a minute, because the server does not know the time zone
         * of the browser; empty for a hard lock. Where the script runs, it replaces this by the time of the browser.
         */
        public String getUntilText() {
            return until.map(end -> (left().compareTo(WITHOUT_DATE) > 0 ? DATE_AND_TIME : TIME)
                            .withZone(ZoneOffset.UTC)
                            .format(roundedUp(end)))
                    .orElse("");
        }

        /** The minutes until the end of the lock, rounded up, at least 1. */
        public long getMinutes() {
            return Math.max(1, (left().toSeconds() + SECONDS_PER_MINUTE) / SECONDS_PER_MINUTE);
        }

        private Duration left() {
            return until.map(end -> Duration.between(now, end)).orElse(Duration.ZERO);
        }

        private static Instant roundedUp(Instant end) {
            Instant minute = end.truncatedTo(ChronoUnit.MINUTES);
            return minute.equals(end) ? minute : minute.plus(1, ChronoUnit.MINUTES);
        }
    }
}
