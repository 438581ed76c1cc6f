package io.github.totpguard.keycloak.notify;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * For whom a mail is written.
 *
 * @param realm what the user knows the realm by
 * @param locale the user's language
 * @param zone the user's time zone
 */
record MailAddressee(String realm, Locale locale, ZoneId zone) {
    String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(zone)
                .format(instant);
    }
}
