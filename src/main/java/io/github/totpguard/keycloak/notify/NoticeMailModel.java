package io.github.totpguard.keycloak.notify;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/**
 * What {@code totp-guard-mail-*.ftl} show; public with getters because FreeMarker reads it. Times are texts in the
 * user's language, with the time zone named; what is not known is an empty text.
 */
public final class NoticeMailModel {
    private final NoticeMail mail;
    private final String realm;
    private final DateTimeFormatter format;

    NoticeMailModel(NoticeMail mail, String realm, Locale locale, ZoneId zone) {
        this.mail = mail;
        this.realm = realm;
        this.format = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG)
                .withLocale(locale)
                .withZone(zone);
    }

    public String getRealm() {
        return realm;
    }

    public String getTime() {
        return format.format(mail.at());
    }

    public String getBrowser() {
        return mail.origin().browser().orElse("");
    }

    public String getAddress() {
        return mail.origin().address().orElse("");
    }

    /** Empty for a lock that no time ends. */
    public String getLockedUntil() {
        return mail.lockedUntil().map(format::format).orElse("");
    }

    public boolean isPasswordChange() {
        return mail.passwordChange();
    }
}
