package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.keycloak.vault.account.Shares;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.ErrorResponseException;

/**
 * The possible recipients of shares and transfers. Ineligible recipients get the same answer as unknown ones: disabled
 * users, users without the role, the caller, groups that the caller is not in. With the exact name, a caller can still
 * find out that a user of the vault exists. This is limited to ten times a minute, and each wrong name is an event.
 */
final class Recipients {
    private final VaultCaller caller;

    Recipients(VaultCaller caller) {
        this.caller = caller;
    }

    /** Finds another user of the vault by the exact user name. */
    Optional<UserModel> user(String username) {
        RealmModel realm = caller.realm();
        return Optional.ofNullable(caller.session().users().getUserByUsername(realm, username))
                .filter(user -> !user.getId().equals(caller.user().getId()))
                .filter(user -> user.getServiceAccountClientLink() == null)
                .filter(user -> VaultCaller.mayUse(realm, user));
    }

    /** Finds one of the caller's groups by its path. */
    Optional<GroupModel> group(String path) {
        return Optional.ofNullable(KeycloakModelUtils.findGroupByPath(caller.session(), caller.realm(), path))
                .filter(group -> Shares.groups(caller.user()).contains(group.getId()));
    }

    ErrorResponseException notFound() {
        VaultEvent.refused(caller, "recipient_not_found");
        return VaultResponses.refused(
                Status.NOT_FOUND,
                "recipient_not_found",
                "No other user of the vault has this name, or you aren't in this group. Check the spelling");
    }
}
