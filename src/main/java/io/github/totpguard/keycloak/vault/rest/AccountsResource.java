package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.uri.InvalidOtpAuthUriException;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.core.uri.SecretLikeness;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.AccountId;
import io.github.totpguard.keycloak.vault.account.AccountStore;
import io.github.totpguard.keycloak.vault.account.KnownAccounts;
import io.github.totpguard.keycloak.vault.account.LockedAccounts;
import io.github.totpguard.keycloak.vault.account.OwnSecondFactorNames;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import io.github.totpguard.keycloak.vault.account.VaultAccount;
import io.github.totpguard.keycloak.web.Budgets.Kind;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** {@code accounts}: the caller's accounts in the vault. */
public final class AccountsResource {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1000;

    private final KeycloakSession session;

    AccountsResource(KeycloakSession session) {
        this.session = session;
    }

    /** Stores an account. */
    @POST
    public Response add(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.WRITE);
        AccountRequest request = AccountRequest.read(RequestBody.read(caller, in, BodyFields.ACCOUNT));
        OtpAuthUri uri = request.uri();
        VaultAccount account = VaultAccount.of(uri, request.group(), request.pinned());
        List<String> notes = new ArrayList<>(
                AccountView.notes(request.read().notes(), account, OwnSecondFactorNames.of(caller.asUser())));
        AccountId id = VaultWrite.of(caller, () -> add(caller, request, uri, notes));
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("message", "The account is in your vault")
                .put("secretName", id.text())
                .put("accountName", uri.account())
                .put("issuer", uri.issuer().orElse(uri.account()));
        answer.set("notes", AccountView.array(notes));
        return VaultResponses.created(answer);
    }

    private static AccountId add(VaultCaller caller, AccountRequest request, OtpAuthUri uri, List<String> notes) {
        LockedAccounts locked = LockedAccounts.of(caller.asUser(), caller.user());
        if (locked.room() <= 0) {
            throw VaultResponses.refused(
                    Status.CONFLICT,
                    "too_many_accounts",
                    "You have " + AccountStore.MAX_ACCOUNTS
                            + " accounts, and there is no room for more. Remove some first");
        }
        if (KnownAccounts.of(locked.stored(), locked.all()).has(uri)) {
            notes.add(AccountView.DUPLICATE);
        }
        CredentialModel credential = locked.add(uri, request.group(), request.pinned());
        AccountId id = new AccountId(credential.getId());
        VaultEvent.of(caller, "added")
                .about(id, credential.getUserLabel(), caller.user())
                .done();
        return id;
    }

    /** A page of the list, without secrets. */
    @GET
    public Response list(
            @QueryParam("search") String search, @QueryParam("first") String first, @QueryParam("max") String max) {
        VaultCaller caller = VaultCaller.of(session, Kind.READ);
        int from = number("first", first, 0);
        int limit = Math.min(number("max", max, DEFAULT_PAGE), MAX_PAGE);
        String text = search == null ? "" : search.strip();
        List<AccountView> found = AccessibleAccount.all(caller.asUser())
                .map(AccountView::of)
                .filter(view -> view.matches(text))
                .sorted(AccountView.ORDER)
                .toList();
        OwnSecondFactorNames own = OwnSecondFactorNames.of(caller.asUser());
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        found.stream().skip(from).limit(limit).forEach(view -> accounts.add(view.json(own)));
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("total", found.size())
                .put("showSecrets", QrResource.isAllowed(caller.realm()));
        answer.set("accounts", accounts);
        return VaultResponses.ok(answer);
    }

    /** Changes names, group and pin. Fields that are missing in the body keep their value. */
    @PATCH
    @Path("{id}")
    public Response change(@PathParam("id") String id, InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.WRITE);
        RequestBody body = RequestBody.read(caller, in, BodyFields.CHANGE);
        AccessibleAccount accessible = caller.requireOwn(id);
        AccessibleAccount changed = VaultWrite.of(caller, () -> {
            LockedAccounts locked = LockedAccounts.of(caller.asUser(), caller.user());
            AccessibleAccount present = VaultWrite.underLock(accessible, locked);
            locked.update(present.credential(), changed(present, body));
            VaultEvent.of(caller, "changed", present).done();
            return present;
        });
        return VaultResponses.ok(AccountView.of(changed).json(OwnSecondFactorNames.of(caller.asUser())));
    }

    /** Removes an account and its shares. */
    @DELETE
    @Path("{id}")
    public Response remove(@PathParam("id") String id) {
        VaultCaller caller = VaultCaller.of(session, Kind.WRITE);
        AccessibleAccount accessible = caller.requireOwn(id);
        VaultWrite.of(caller, () -> {
            LockedAccounts locked = LockedAccounts.of(caller.asUser(), caller.user());
            AccessibleAccount present = VaultWrite.underLock(accessible, locked);
            locked.remove(present);
            VaultEvent.of(caller, "removed", present).done();
            return present;
        });
        return VaultResponses.removed();
    }

    /** The QR code of an account, which contains its secret. Needs a recent proof of the second factor. */
    @POST
    @Path("{id}/qr")
    public Response qr(@PathParam("id") String id) {
        VaultCaller caller = VaultCaller.of(session, Kind.QR);
        return QrResource.answer(caller, id);
    }

    /** The other users who may read the codes of an account. */
    @Path("{id}/shares")
    public SharesResource shares(@PathParam("id") String id) {
        return new SharesResource(session, id);
    }

    /**
     * Transfers an account to another user, who becomes its owner. The account is sealed again and gets a new id. Its
     * shares are removed.
     */
    @POST
    @Path("{id}/transfer")
    public Response transfer(@PathParam("id") String id, InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.SHARE);
        caller.requireProof();
        RequestBody body = RequestBody.read(caller, in, BodyFields.RECIPIENT);
        AccessibleAccount accessible = caller.requireOwn(id);
        Recipients recipients = new Recipients(caller);
        UserModel recipient = body.text("username").flatMap(recipients::user).orElseThrow(recipients::notFound);
        VaultWrite.of(caller, () -> {
            LockedAccounts.Both both = LockedAccounts.Both.of(caller.asUser(), recipient);
            if (both.theirs().room() <= 0) {
                // The caller must not learn how many accounts another user has.
                throw recipients.notFound();
            }
            AccessibleAccount moved = VaultWrite.underLock(accessible, both.own());
            both.theirs().add(uri(moved), Optional.empty(), false);
            both.own().remove(moved);
            VaultEvent.of(caller, "transferred", moved).to(recipient.getId()).done();
            return moved;
        });
        return VaultResponses.ok(
                JsonNodeFactory.instance.objectNode().put("message", "The account belongs to another user now"));
    }

    private static OtpAuthUri uri(AccessibleAccount moved) {
        try {
            return moved.stored().uri(moved.credential());
        } catch (UnreadableAccountException e) {
            throw VaultResponses.unreadable(e);
        }
    }

    private static VaultAccount changed(AccessibleAccount accessible, RequestBody body) {
        try {
            return read(accessible, body);
        } catch (UnreadableAccountException e) {
            throw VaultResponses.unreadable(e);
        }
    }

    private static VaultAccount read(AccessibleAccount accessible, RequestBody body) throws UnreadableAccountException {
        VaultAccount present = accessible.account();
        Optional<String> group = body.has("group") ? AccountRequest.group(body) : present.group();
        boolean pinned = body.flag("pinned").orElse(present.pinned());
        if (!body.has("issuer") && !body.has("account")) {
            return present.withGroupAndPin(group, pinned);
        }
        OtpAuthUri uri = accessible.stored().uri(accessible.credential());
        try {
            body.text("issuer").ifPresent(name -> SecretLikeness.checkName("issuer", name, uri.secret()));
            body.text("account").ifPresent(name -> SecretLikeness.checkName("account", name, uri.secret()));
            // The names are checked together with the secret, so that the account can always be exported.
            OtpAuthUri renamed = new OtpAuthUri(
                    body.has("issuer") ? body.text("issuer").filter(name -> !OtpAuthUri.isBlank(name)) : uri.issuer(),
                    body.text("account").orElse(uri.account()),
                    uri.secret(),
                    uri.parameters(),
                    uri.counter());
            return new VaultAccount(
                    renamed.issuer(),
                    renamed.account(),
                    present.parameters(),
                    present.firstCounter(),
                    present.bits(),
                    group,
                    pinned);
        } catch (InvalidOtpAuthUriException e) {
            throw VaultResponses.invalidAccount("Invalid account", e.reason(), e.getMessage());
        }
    }

    private static int number(String name, String text, int defaultValue) {
        if (text == null || text.isEmpty()) {
            return defaultValue;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw RequestBody.invalid("The parameter " + name + " must be a whole number, 0 or more");
        }
        return Integer.parseInt(text);
    }
}
