package io.github.totpguard.keycloak.notify.mail;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Times as texts for one user: in the user's language and time zone, UTC if that is not known. */
public final class UserTime {
    /** OpenID Connect's claim of that name, which Keycloak's scope "profile" reads from this attribute. */
    private static final String TIME_ZONE_ATTRIBUTE = "zoneinfo";

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Locale locale;
    private final ZoneId zone;

    private UserTime(Locale locale, ZoneId zone) {
        this.locale = locale;
        this.zone = zone;
    }

    /** @param session its context decides the language of a user who has chosen none */
    public static UserTime of(KeycloakSession session, UserModel user) {
        return new UserTime(session.getContext().resolveLocale(user), zone(user));
    }

    /** Day and time to the second, with the time zone named. */
    public String second(Instant instant) {
        return format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG), instant);
    }

    /** Day and time to the minute; the time zone is left out. */
    public String minute(Instant instant) {
        return format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT), instant);
    }

    private String format(DateTimeFormatter format, Instant instant) {
        return format.withLocale(locale).withZone(zone).format(instant);
    }

    private static ZoneId zone(UserModel user) {
        try {
            return Optional.ofNullable(user.getFirstAttribute(TIME_ZONE_ATTRIBUTE))
                    .map(ZoneId::of)
                    .orElse(UTC);
        } catch (DateTimeException e) {
            return UTC;
        }
    }
}
