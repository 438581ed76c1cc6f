package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.Decision;
import io.github.totpguard.core.state.Lock;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.storage.ReadOnlyException;

/**
 * Forces a password change after several consecutive locks, because another person then probably knows the password.
 * The user's sessions end, and the user must change the password after the next login. This runs in its own
 * transaction, because the refusal of the login rolls back the request's transaction.
 */
final class ForcedPasswordChange {
    private static final Logger LOG = Logger.getLogger(ForcedPasswordChange.class);

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final String userId;

    ForcedPasswordChange(GuardedUser guarded) {
        this.factory = guarded.session().getKeycloakSessionFactory();
        this.realmId = guarded.realm().getId();
        this.userId = guarded.id();
    }

    /** Whether the decision started a lock and the number of consecutive locks has reached the policy's limit. */
    static boolean isDue(Decision decision, GuardPolicy policy) {
        return policy.passwordResetAfterLocks() > 0
                && decision.verdict().lock().filter(Lock::begins).isPresent()
                && decision.state().throttle().locks() >= policy.passwordResetAfterLocks();
    }

    void impose() {
        KeycloakModelUtils.runJobInTransaction(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            own.getContext().setRealm(realm);
            UserModel user = own.users().getUserById(realm, userId);
            require(realm, user);
            endSessions(own, realm, user);
        });
    }

    private static void require(RealmModel realm, UserModel user) {
        try {
            user.addRequiredAction(RequiredAction.UPDATE_PASSWORD);
        } catch (ReadOnlyException e) {
            LOG.warnf(
                    "Another person seems to know the password of user %s in realm %s, whose store is read-only: change it there",
                    user.getId(), realm.getName());
        }
    }

    /** Ends the sessions in the same way as an administrator's "Sign out". */
    private static void endSessions(KeycloakSession own, RealmModel realm, UserModel user) {
        own.users().setNotBeforeForUser(realm, user, (int) (Time.currentTimeMillis() / 1000));
        own.sessions()
                .getUserSessionsStream(realm, user)
                .toList()
                .forEach(session -> AuthenticationManager.backchannelLogout(own, session, true));
    }
}
