package io.github.totpguard.keycloak.notify.mail;

import io.github.totpguard.core.state.Notice;
import io.github.totpguard.keycloak.gate.AttemptOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * The content of a mail about wrong codes, or about the lock that they caused.
 *
 * @param notice which of the two
 * @param lockedUntil the end of the lock; empty if there is no lock, or if it does not end on its own
 * @param passwordChange whether the user's sessions were ended and the password must be changed
 */
record AttemptContent(Notice notice, Optional<Instant> lockedUntil, boolean passwordChange) implements MailContent {

    /** @param outcome an outcome with a notice */
    static AttemptContent of(AttemptOutcome outcome) {
        return new AttemptContent(outcome.notice(), outcome.verdict().lockedUntil(), outcome.passwordChange());
    }

    @Override
    public String subject() {
        return notice == Notice.WRONG_CODES ? "totpGuard.mail.wrongCodes.subject" : "totpGuard.mail.locked.subject";
    }

    @Override
    public String template() {
        return notice == Notice.WRONG_CODES ? "totp-guard-mail-wrong-codes.ftl" : "totp-guard-mail-locked.ftl";
    }

    @Override
    public SecurityMailModel model(SecurityMail mail, MailAddressee addressee) {
        return new AttemptMailModel(mail, addressee, this);
    }
}
