package io.github.totpguard.keycloak.notify.mail;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.util.Optional;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/** Mails the user about a change to the second factors, in the background, once the request is over. */
public final class ChangeNotice {
    private ChangeNotice() {}

    /**
     * For a change that the user made. Silent where TOTP Guard is off, the policy says so, or Keycloak's own e-mail
     * listener tells of the same change.
     *
     * @param name of the device or browser; may be empty
     * @param left backup codes that are left; 0 where that means nothing
     */
    public static void tell(
            GuardedUser user, CredentialChange change, String name, int left) {
        if (change.event().filter(type -> KeycloakMail.isSent(user.realm(), type)).isEmpty()) {
            post(user, Optional.empty(), new ChangeContent(change, MailedName.of(name), left, false));
        }
    }

    /**
     * For a change of the address itself: told to the one before, as the new one may be an attacker's.
     *
     * @param address where the mail goes
     */
    public static void tellAt(GuardedUser user, CredentialChange change, String address) {
        if (change.event().filter(type -> KeycloakMail.isSent(user.realm(), type)).isEmpty()) {
            post(user, Optional.of(address), new ChangeContent(change, "", 0, false));
        }
    }

    /**
     * For a change that an administrator made: Keycloak's listener never tells of those, and the mail does not say where
     * the administrator was.
     *
     * @param name of the device or browser; may be empty
     */
    public static void tellOfAdministrator(
            GuardedUser user, CredentialChange change, String name) {
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
            // The gate logs it. A change that was made is told: silence has to be asked for.
            return true;
        }
    }

    /** Holds a mail back until the change is stored; it is dropped if that fails. */
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
            // nothing happened that could be told
        }
    }
}
