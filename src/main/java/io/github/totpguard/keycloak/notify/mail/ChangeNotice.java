package io.github.totpguard.keycloak.notify.mail;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.util.Optional;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Mails the user about a change to the second factors, in the background, after the request has ended. */
public final class ChangeNotice {
    private ChangeNotice() {}

    /**
     * Mails about a change that the user made. No mail is sent if TOTP Guard is off, if the policy disables mails, or
     * if Keycloak's own e-mail listener reports the same change.
     *
     * @param name the name of the device or browser; may be empty
     * @param left how many backup codes are left; 0 if the change is not about backup codes
     */
    public static void tell(GuardedUser user, CredentialChange change, String name, int left) {
        if (change.event()
                .filter(type -> KeycloakMail.isSent(user.realm(), type))
                .isEmpty()) {
            post(user, Optional.empty(), new ChangeContent(change, MailedName.of(name), left, false));
        }
    }

    /**
     * Mails about a change of the e-mail address. The mail goes to the former address, because the new one may be an
     * attacker's.
     *
     * @param address the former address
     */
    public static void tellAt(GuardedUser user, CredentialChange change, String address) {
        if (change.event()
                .filter(type -> KeycloakMail.isSent(user.realm(), type))
                .isEmpty()) {
            post(user, Optional.of(address), new ChangeContent(change, "", 0, false));
        }
    }

    /**
     * Mails about a change that an administrator made. Keycloak's own listener never reports such changes. The mail
     * does not contain the administrator's browser or address.
     *
     * @param name the name of the device or browser; may be empty
     */
    public static void tellOfAdministrator(GuardedUser user, CredentialChange change, String name) {
        post(user, Optional.empty(), new ChangeContent(change, MailedName.of(name), 0, true));
    }

    private static void post(GuardedUser user, Optional<String> address, ChangeContent content) {
        if (isWanted(user)) {
            SecurityMail mail = SecurityMail.of(user, content).to(address);
            user.session().getTransactionManager().enlistAfterCompletion(new AfterRequest(user.session(), mail));
        }
    }

    private static boolean isWanted(GuardedUser user) {
        try {
            return user.policy().filter(GuardPolicy::notifyUser).isPresent();
        } catch (InvalidPolicyException e) {
            // The gate logs it. The user is told of the change, because only a valid policy can disable mails.
            return true;
        }
    }

    /** Sends a mail after the change is committed. If the transaction is rolled back, the mail is dropped. */
    private static final class AfterRequest extends AbstractKeycloakTransaction {
        private final MailDelivery delivery;
        private final SecurityMail mail;

        AfterRequest(KeycloakSession session, SecurityMail mail) {
            this.delivery = MailDelivery.of(session);
            this.mail = mail;
        }

        @Override
        protected void commitImpl() {
            delivery.post(mail);
        }

        @Override
        protected void rollbackImpl() {
            // nothing was changed
        }
    }
}
