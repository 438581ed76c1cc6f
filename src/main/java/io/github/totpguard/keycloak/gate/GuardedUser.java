package io.github.totpguard.keycloak.gate;

import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.gate.store.UserStateStore;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A user in a request, and the entry point to everything about the user's second factors.
 *
 * @param session the session of the request
 * @param realm the realm of the user
 * @param user the user
 */
public record GuardedUser(KeycloakSession session, RealmModel realm, UserModel user) {

    /** The user of a login. */
    public static GuardedUser of(AuthenticationFlowContext context) {
        return new GuardedUser(context.getSession(), context.getRealm(), context.getUser());
    }

    /** The user of a required action. */
    public static GuardedUser of(RequiredActionContext context) {
        return new GuardedUser(context.getSession(), context.getRealm(), context.getUser());
    }

    public String id() {
        return user.getId();
    }

    /** The gate that verifies the user's codes. */
    public SecondFactorGate gate() {
        return new SecondFactorGate(this);
    }

    /** The user's second factors as currently stored. */
    public UserFactors factors() {
        return UserFactors.of(user);
    }

    /** The user's devices with their opened secrets. */
    StoredDevices devices() {
        return StoredDevices.read(this);
    }

    /**
     * The realm's policy; empty if TOTP Guard is off.
     *
     * @throws InvalidPolicyException if the policy is invalid
     */
    public Optional<GuardPolicy> policy() {
        return GuardPolicy.of(realm);
    }

    /**
     * The user's row in the database. Only the owners of a part of the row may use it; ArchUnit lists them.
     *
     * @param consequence what does not happen if the row is not available; it begins the log line
     */
    public UserStateStore store(String consequence) {
        return UserStateStore.of(session, realm.getId(), user.getId(), consequence);
    }
}
