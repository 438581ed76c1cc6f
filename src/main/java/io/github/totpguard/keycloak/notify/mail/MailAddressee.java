package io.github.totpguard.keycloak.notify.mail;

import java.time.Instant;

/**
 * The user that a mail is written for.
 *
 * @param realm the name of the realm that the user knows
 * @param times formats times in the user's language and time zone
 */
record MailAddressee(String realm, UserTime times) {
    String time(Instant instant) {
        return times.second(instant);
    }
}
