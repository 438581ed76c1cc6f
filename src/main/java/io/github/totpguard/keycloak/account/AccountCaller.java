package io.github.totpguard.keycloak.account;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.web.BearerToken;
import io.github.totpguard.keycloak.web.Budgets;
import io.github.totpguard.keycloak.web.JsonResponses;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** The user of a request whose token Keycloak has verified, and whose audience is the account page. */
final class AccountCaller {
    private static final Budgets BUDGETS = new Budgets();

    private AccountCaller() {}

    /**
     * The user of the request's token. Users get their own data only, so there is no role, and no proof of the second
     * factor is needed.
     *
     * @throws jakarta.ws.rs.WebApplicationException with status 401, 403 or 429
     */
    static GuardedUser of(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        AuthResult identity = BearerToken.authenticate(session, GuardNames.ACCOUNT_CLIENT)
                .filter(result -> result.user().isEnabled())
                .orElseThrow(() -> JsonResponses.unauthorized("A bearer token for this page is needed. Sign in again"));
        BearerToken.checkOrigin(identity);
        UserModel user = identity.user();
        BUDGETS.take(realm.getId(), user.getId(), Budgets.Kind.ACCOUNT, Time.currentTimeMillis())
                .ifPresent(seconds -> {
                    throw JsonResponses.tooMany(seconds);
                });
        return new GuardedUser(session, realm, user);
    }
}
