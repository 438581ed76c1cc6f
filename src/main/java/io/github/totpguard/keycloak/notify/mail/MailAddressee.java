package io.github.totpguard.keycloak.notify.mail;

import java.time.Instant;
import java.util.Optional;

/**
 * The user that a mail is written for.
 *
 * @param realm the name of the realm that the user knows
 * @param times formats times in the user's language and time zone
 * @param factorsPage the address of the user's page of second factors; empty if the realm has no such page or the
 *     server's address is not known
 */
record MailAddressee(String realm, UserTime times, Optional<String> factorsPage) {
    String time(Instant instant) {
        return times.second(instant);
    }
}
