package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.LockedAccounts;
import io.github.totpguard.keycloak.vault.account.ShareEntity;
import io.github.totpguard.keycloak.vault.account.Shares;
import io.github.totpguard.keycloak.web.Budgets.Kind;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** {@code accounts/{id}/shares}: the users and groups that may read the codes of an account, and only its codes. */
public final class SharesResource {
    private final KeycloakSession session;
    private final String id;

    SharesResource(KeycloakSession session, String id) {
        this.session = session;
        this.id = id;
    }

    /** Lists the shares. Only the owner can see them. */
    @GET
    public Response list() {
        VaultCaller caller = VaultCaller.of(session, Kind.READ);
        AccessibleAccount accessible = caller.requireOwn(id);
        ArrayNode shares = JsonNodeFactory.instance.arrayNode();
        present(caller, accessible).forEach(share -> shares.add(json(caller, share)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("shares", shares);
        return VaultResponses.ok(answer);
    }

    /** Shares with a user or a group. Repeating the request returns the existing share. */
    @POST
    public Response add(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.SHARE);
        caller.requireProof();
        RequestBody body = RequestBody.read(caller, in, BodyFields.RECIPIENT);
        AccessibleAccount accessible = caller.requireOwn(id);
        Recipients recipients = new Recipients(caller);
        Optional<String> group = body.text("group");
        String kind = group.isPresent() ? ShareEntity.GROUP : ShareEntity.USER;
        String recipient = group.flatMap(recipients::group)
                .map(GroupModel::getId)
                .or(() -> body.text("username")
                        .filter(name -> group.isEmpty())
                        .flatMap(recipients::user)
                        .map(UserModel::getId))
                .orElseThrow(recipients::notFound);
        ShareEntity share = VaultWrite.of(caller, () -> {
            AccessibleAccount shared =
                    VaultWrite.underLock(accessible, LockedAccounts.of(caller.asUser(), caller.user()));
            return present(caller, shared).stream()
                    .filter(there -> there.isForGroup() == group.isPresent()
                            && there.recipientId().equals(recipient))
                    .findFirst()
                    .orElseGet(() -> share(caller, shared, kind, recipient));
        });
        return VaultResponses.created(JsonNodeFactory.instance.objectNode().put("id", share.id()));
    }

    /** Removes a share. From then on, the recipient's requests for codes are refused. */
    @DELETE
    @Path("{shareId}")
    public Response remove(@PathParam("shareId") String shareId) {
        VaultCaller caller = VaultCaller.of(session, Kind.WRITE);
        AccessibleAccount accessible = caller.requireOwn(id);
        VaultWrite.of(caller, () -> {
            AccessibleAccount shared =
                    VaultWrite.underLock(accessible, LockedAccounts.of(caller.asUser(), caller.user()));
            ShareEntity share = present(caller, shared).stream()
                    .filter(there -> there.id().equals(shareId))
                    .findFirst()
                    .orElseThrow(VaultResponses::notFound);
            new Shares(session, caller.realm()).remove(share);
            VaultEvent.of(caller, "unshared", shared).to(share.recipientId()).done();
            return share;
        });
        return VaultResponses.removed();
    }

    private ShareEntity share(VaultCaller caller, AccessibleAccount accessible, String kind, String recipient) {
        if (present(caller, accessible).size() >= Shares.MAX_RECIPIENTS) {
            throw VaultResponses.refused(
                    Status.CONFLICT,
                    "too_many_shares",
                    "An account is shared with up to " + Shares.MAX_RECIPIENTS + " recipients");
        }
        ShareEntity share = new Shares(session, caller.realm())
                .add(caller.user(), accessible.credential().getId(), kind, recipient);
        VaultEvent.of(caller, "shared", accessible).to(recipient).done();
        return share;
    }

    private List<ShareEntity> present(VaultCaller caller, AccessibleAccount accessible) {
        return new Shares(session, caller.realm())
                .of(caller.user(), accessible.credential().getId());
    }

    private ObjectNode json(VaultCaller caller, ShareEntity share) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", share.id());
        if (share.isForGroup()) {
            GroupModel group = session.groups().getGroupById(caller.realm(), share.recipientId());
            json.put("group", group == null ? null : KeycloakModelUtils.buildGroupPath(group));
        } else {
            UserModel user = session.users().getUserById(caller.realm(), share.recipientId());
            json.put("username", user == null ? null : user.getUsername());
        }
        return json.put("created", share.created());
    }
}
