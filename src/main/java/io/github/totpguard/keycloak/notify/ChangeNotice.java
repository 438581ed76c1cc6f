package io.github.totpguard.keycloak.notify;

import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

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
            KeycloakSession session, RealmModel realm, UserModel user, CredentialChange change, String name, int left) {
        if (change.event().filter(type -> KeycloakMail.isSent(realm, type)).isEmpty()) {
            post(session, realm, user, Optional.empty(), new ChangeContent(change, MailedName.of(name), left, false));
        }
    }

    /**
     * For a change of the address itself: told to the one before, as the new one may be an attacker's.
     *
     * @param address where the mail goes
     */
    static void tellAt(KeycloakSession session, RealmModel realm, UserModel user, CredentialChange change, String address) {
        if (change.event().filter(type -> KeycloakMail.isSent(realm, type)).isEmpty()) {
            post(session, realm, user, Optional.of(address), new ChangeContent(change, "", 0, false));
        }
    }

    /**
     * For a change that an administrator made: Keycloak's listener never tells of those, and the mail does not say where
     * the administrator was.
     *
     * @param name of the device or browser; may be empty
     */
    public static void tellOfAdministrator(
            KeycloakSession session, RealmModel realm, UserModel user, CredentialChange change, String name) {
        post(session, realm, user, Optional.empty(), new ChangeContent(change, MailedName.of(name), 0, true));
    }

    private static void post(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            Optional<String> address,
            ChangeContent content) {
        if (isWanted(realm)) {
            MailAfterRequest.enlist(
                    session, SecurityMail.of(session, realm, user, content).to(address));
        }
    }

    private static boolean isWanted(RealmModel realm) {
        try {
            return GuardPolicy.of(realm).filter(GuardPolicy::notifyUser).isPresent();
        } catch (InvalidPolicyException e) {
            // Whoever verifies logs it. A change that was made is told: silence has to be asked for.
            return true;
        }
    }
}
