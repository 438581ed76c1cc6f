package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.state.Decision;
import io.github.totpguard.core.state.Lock;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.RequiredAction;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.storage.ReadOnlyException;

/**
 * What follows when locks in a row say that somebody else knows the password: the user's sessions end, and the password
 * must be changed after the next login. In a transaction of its own, for the refusal that it comes with rolls back the
 * request's.
 */
final class ForcedPasswordChange {
    private static final Logger LOG = Logger.getLogger(ForcedPasswordChange.class);

    private final GuardedUser guarded;

    ForcedPasswordChange(GuardedUser guarded) {
        this.guarded = guarded;
    }

    /** Whether the decision calls for it: it set a lock off, and that was one too many. */
    static boolean isDue(Decision decision, GuardPolicy policy) {
        return policy.passwordResetAfterLocks() > 0
                && decision.verdict().lock().filter(Lock::begins).isPresent()
                && decision.state().throttle().locks() >= policy.passwordResetAfterLocks();
    }

    void impose() {
        KeycloakModelUtils.runJobInTransaction(guarded.session().getKeycloakSessionFactory(), own -> {
            RealmModel realm = own.realms().getRealm(guarded.realm().getId());
            own.getContext().setRealm(realm);
            UserModel user = own.users().getUserById(realm, guarded.id());
            require(realm, user);
            endSessions(own, realm, user);
        });
    }

    private static void require(RealmModel realm, UserModel user) {
        try {
            user.addRequiredAction(RequiredAction.UPDATE_PASSWORD);
        } catch (ReadOnlyException e) {
            LOG.warnf(
                    "Somebody seems to know the password of user %s in realm %s, whose store is read-only: change it there",
                    user.getId(), realm.getName());
        }
    }

    /** As an administrator's "Sign out" does. */
    private static void endSessions(KeycloakSession own, RealmModel realm, UserModel user) {
        own.users().setNotBeforeForUser(realm, user, (int) (Time.currentTimeMillis() / 1000));
        own.sessions()
                .getUserSessionsStream(realm, user)
                .toList()
                .forEach(session -> AuthenticationManager.backchannelLogout(own, session, true));
    }
}
