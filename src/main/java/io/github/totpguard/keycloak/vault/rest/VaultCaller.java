package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.SessionAssurance;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.AccountId;
import io.github.totpguard.keycloak.web.BearerToken;
import io.github.totpguard.keycloak.web.Budgets;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The user of a request whose token was accepted: Keycloak has verified it (signature, expiry, revocation, session,
 * user), its audience is the vault, the user has the role, and the session has proved the second factor that the user
 * or the realm requires.
 */
final class VaultCaller {
    private static final Budgets BUDGETS = new Budgets();

    private final KeycloakSession session;
    private final AuthResult identity;
    private final SessionAssurance assurance;

    private VaultCaller(KeycloakSession session, AuthResult identity, SessionAssurance assurance) {
        this.session = session;
        this.identity = identity;
        this.assurance = assurance;
    }

    /**
     * @param kind the kind of the request, which selects the rate limit
     * @throws jakarta.ws.rs.WebApplicationException with status 401, 403 or 429
     */
    static VaultCaller of(KeycloakSession session, Budgets.Kind kind) {
        RealmModel realm = session.getContext().getRealm();
        AuthResult identity =
                BearerToken.authenticate(session, GuardNames.VAULT_CLIENT).orElseThrow(VaultResponses::unauthorized);
        BearerToken.checkOrigin(identity, HttpHeaders.CONTENT_DISPOSITION, ExportResource.LEFT_OUT);
        if (!mayUse(realm, identity.user())) {
            throw VaultResponses.refused(
                    Status.FORBIDDEN,
                    "forbidden",
                    "Your administrator has not given you the role " + GuardNames.VAULT_ROLE);
        }
        take(realm, identity.user(), kind, 1);
        VaultCaller caller = new VaultCaller(
                session, identity, SessionAssurance.of(session, realm, identity.user(), identity.session()));
        caller.requireFactor(caller.assurance.isEnough());
        return caller;
    }

    /**
     * Takes the additional cost of this request from the user's budget.
     *
     * @throws jakarta.ws.rs.WebApplicationException with status 429
     */
    void pay(Budgets.Kind kind, int amount) {
        take(realm(), user(), kind, amount);
    }

    private static void take(RealmModel realm, UserModel user, Budgets.Kind kind, int amount) {
        BUDGETS.take(realm.getId(), user.getId(), kind, amount, Time.currentTimeMillis())
                .ifPresent(seconds -> {
                    throw VaultResponses.tooMany(seconds);
                });
    }

    /** Whether the user is enabled and has the role. */
    static boolean mayUse(RealmModel realm, UserModel user) {
        RoleModel role = realm.getRole(GuardNames.VAULT_ROLE);
        return role != null && user.isEnabled() && user.hasRole(role);
    }

    /** For requests that give another user access. A trusted browser does not replace a code here. */
    void requireProof() {
        requireFactor(assurance.isProvedWhereDemanded());
    }

    /**
     * For requests that return secrets: they need a code, a backup code or a security key that is not older than the
     * policy's {@code proofMaxAge}.
     */
    void requireFreshProof() {
        requireFactor(assurance.isFresh());
    }

    private void requireFactor(boolean proved) {
        if (!proved) {
            VaultEvent.refused(this, "second_factor_required");
            throw VaultResponses.refused(
                    Status.FORBIDDEN,
                    "second_factor_required",
                    "Sign in again with your second factor, then try again");
        }
    }

    /**
     * Finds one of the caller's own accounts by its id in the path.
     *
     * @throws jakarta.ws.rs.WebApplicationException with status 404, or 403 if the account is only shared with the
     *     caller
     */
    AccessibleAccount requireOwn(String id) {
        AccessibleAccount accessible = AccountId.parse(id)
                .flatMap(parsed -> AccessibleAccount.find(asUser(), parsed))
                .orElseThrow(VaultResponses::notFound);
        if (!accessible.own()) {
            throw VaultResponses.refused(
                    Status.FORBIDDEN,
                    "forbidden",
                    "This account was shared with you for its codes. Only its owner can change it");
        }
        return accessible;
    }

    GuardedUser asUser() {
        return new GuardedUser(session, realm(), user());
    }

    KeycloakSession session() {
        return session;
    }

    RealmModel realm() {
        return session.getContext().getRealm();
    }

    UserModel user() {
        return identity.user();
    }

    UserSessionModel userSession() {
        return identity.session();
    }

    ClientModel client() {
        return identity.client();
    }
}
