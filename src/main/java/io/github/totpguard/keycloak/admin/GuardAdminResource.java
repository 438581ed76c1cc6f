package io.github.totpguard.keycloak.admin;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.notify.AttemptEvent;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * The second factor of a user, for administrators who may view or manage that user, and the setup of the users' pages in
 * the realm.
 */
public final class GuardAdminResource {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder adminEvent;

    GuardAdminResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator permissions,
            AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
        this.adminEvent = adminEvent;
    }

    /** Returns failures, locks and devices. Needs the permission to view the user. */
    @GET
    @Path("users/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public UserStatus user(@PathParam("id") String id) {
        UserModel user = find(id);
        permissions.users().requireView(user);
        return UserStatus.of(
                UserFactors.of(user),
                answering(() -> new GuardedUser(session, realm, user).gate().state()),
                GuardPolicy.of(realm).orElseThrow(GuardAdminResource::off).attemptRules());
    }

    /** Opens every lock of the user's second factor. Needs the permission to manage the user. */
    @POST
    @Path("users/{id}/unlock")
    public void unlock(@PathParam("id") String id) {
        UserModel user = find(id);
        permissions.users().requireManage(user);
        answering(() -> {
            new GuardedUser(session, realm, user).gate().unlock();
            return user;
        });
        adminEvent
                .operation(OperationType.ACTION)
                .resource(ResourceType.USER)
                .resourcePath(session.getContext().getUri())
                .success();
    }

    /**
     * Creates what the vault and the account page need in the realm, unless it exists already. Needs the permission to manage the realm.
     */
    @POST
    @Path("setup")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> setup() {
        permissions.realm().requireManageRealm();
        return made(new PageSetup(session, realm).vault());
    }

    /**
     * Creates the client of the account page, unless it exists already. Needs the permission to manage the realm.
     */
    @POST
    @Path("setup/account")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, String> setupAccount() {
        permissions.realm().requireManageRealm();
        return made(Map.of("account", new PageSetup(session, realm).account()));
    }

    private Map<String, String> made(Map<String, String> made) {
        adminEvent
                .operation(OperationType.ACTION)
                .resource(ResourceType.REALM)
                .resourcePath(session.getContext().getUri())
                .success();
        return made;
    }

    private UserModel find(String id) {
        UserModel user = session.users().getUserById(realm, id);
        if (user == null) {
            // An administrator who may not list users must not learn whether the user exists.
            permissions.users().requireQuery();
            throw new NotFoundException("User not found");
        }
        return user;
    }

    /** The response contains the cause, because the administrator has to fix it. */
    private static <T> T answering(Supplier<T> question) {
        try {
            return question.get();
        } catch (VerificationUnavailableException e) {
            throw new ErrorResponseException(
                    AttemptEvent.error(e.reason()), e.getMessage(), Response.Status.SERVICE_UNAVAILABLE);
        }
    }

    private static NotFoundException off() {
        return new NotFoundException("TOTP Guard is not switched on in this realm");
    }
}
