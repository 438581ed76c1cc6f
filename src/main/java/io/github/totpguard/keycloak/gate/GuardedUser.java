package io.github.totpguard.keycloak.gate;

import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.gate.store.UserStateStore;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.policy.InvalidPolicyException;
import io.github.totpguard.keycloak.sealing.OtpCredentialSealer;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A user in a request: what is known and asked of their second factors begins here.
 *
 * @param session the request's
 * @param realm of the user
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

    /** Where the user's codes are verified. */
    public SecondFactorGate gate() {
        return new SecondFactorGate(this);
    }

    /** The user's second factors, as they are stored now. */
    public UserFactors factors() {
        return UserFactors.of(user);
    }

    /** The user's devices, with their secrets opened. */
    StoredDevices devices() {
        return StoredDevices.read(user, OtpCredentialSealer.of(session, realm, user));
    }

    /**
     * The realm's policy; empty where TOTP Guard is off.
     *
     * @throws InvalidPolicyException if it cannot be followed
     */
    public Optional<GuardPolicy> policy() {
        return GuardPolicy.of(realm);
    }

    /**
     * The user's row in the database. For those who own a part of it: ArchUnit names them.
     *
     * @param consequence what does not happen if the row is not available; the beginning of the log's line
     */
    public UserStateStore store(String consequence) {
        return UserStateStore.of(session, realm.getId(), user.getId(), consequence);
    }
}
