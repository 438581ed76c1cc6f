package io.github.totpguard.keycloak.notify.mail;

import java.time.Instant;

/**
 * For whom a mail is written.
 *
 * @param realm what the user knows the realm by
 * @param times in the user's language and time zone
 */
record MailAddressee(String realm, UserTime times) {
    String time(Instant instant) {
        return times.second(instant);
    }
}
