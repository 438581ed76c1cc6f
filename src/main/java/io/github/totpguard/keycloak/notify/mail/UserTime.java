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

/** Formats times for one user: in the user's language and time zone, or in UTC if the time zone is unknown. */
public final class UserTime {
    /** The attribute from which Keycloak's scope "profile" reads the OpenID Connect claim of the same name. */
    private static final String TIME_ZONE_ATTRIBUTE = "zoneinfo";

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Locale locale;
    private final ZoneId zone;

    private UserTime(Locale locale, ZoneId zone) {
        this.locale = locale;
        this.zone = zone;
    }

    /** @param session if the user has not chosen a language, its context determines the language */
    public static UserTime of(KeycloakSession session, UserModel user) {
        return new UserTime(session.getContext().resolveLocale(user), zone(user));
    }

    /** Day and time to the second, with the time zone. */
    public String second(Instant instant) {
        return format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG), instant);
    }

    /** Day and time to the minute, without the time zone. */
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
