package io.github.totpguard.keycloak.vault;

import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/**
 * An account that a caller may read: their own, or one that was shared with them.
 *
 * @param stored among which it is: the owner's
 * @param own whether the caller is the owner
 */
record AccessibleAccount(AccountId id, AccountStore stored, CredentialModel credential, boolean own) {

    /** All of a caller's, their own first. */
    static Stream<AccessibleAccount> all(VaultCaller caller) {
        AccountStore own = own(caller);
        return Stream.concat(
                own.all().stream().map(credential -> new AccessibleAccount(id(credential), own, credential, true)),
                new Shares(caller.session(), caller.realm())
                        .receivedBy(caller.user()).stream().flatMap(share -> received(caller, share).stream()));
    }

    /** Empty if there is none, or if the caller may not read it. */
    static Optional<AccessibleAccount> find(VaultCaller caller, AccountId id) {
        AccountStore own = own(caller);
        return own.find(id)
                .map(credential -> new AccessibleAccount(id, own, credential, true))
                .or(() -> new Shares(caller.session(), caller.realm())
                        .receivedBy(caller.user(), id.credentialId())
                        .flatMap(share -> received(caller, share)));
    }

    /**
     * One that the caller owns, by its id in the path.
     *
     * @throws jakarta.ws.rs.WebApplicationException that answers 404, or 403 for one that was only shared
     */
    static AccessibleAccount requireOwn(VaultCaller caller, String id) {
        AccessibleAccount held =
                AccountId.parse(id).flatMap(parsed -> find(caller, parsed)).orElseThrow(VaultResponses::notFound);
        if (!held.own()) {
            throw VaultResponses.refused(
                    Status.FORBIDDEN,
                    "forbidden",
                    "This account was shared with you for its codes. Only its owner can change it");
        }
        return held;
    }

    /**
     * The same as it is under the owner's lock, for a change. What was found before may have been read from a cache.
     *
     * @throws jakarta.ws.rs.WebApplicationException that answers 409 if another request has removed it meanwhile
     */
    AccessibleAccount still(LockedAccounts locked) {
        return locked.find(id).orElseThrow(VaultWrite::conflict);
    }

    static AccountStore own(VaultCaller caller) {
        return AccountStore.of(caller.session(), caller.realm(), caller.user());
    }

    UserModel owner() {
        return stored.owner();
    }

    VaultAccount account() throws UnreadableAccountException {
        return VaultAccount.read(credential.getCredentialData());
    }

    VaultEvent event(VaultCaller caller, String what) {
        return VaultEvent.of(caller, what).about(id, credential.getUserLabel(), owner());
    }

    private static AccountId id(CredentialModel credential) {
        return new AccountId(credential.getId());
    }

    /** Empty where the account of a share is not there. */
    private static Optional<AccessibleAccount> received(VaultCaller caller, ShareEntity share) {
        AccountId id = new AccountId(share.credentialId());
        return Optional.ofNullable(caller.session().users().getUserById(caller.realm(), share.ownerId()))
                .map(owner -> AccountStore.of(caller.session(), caller.realm(), owner))
                .flatMap(stored -> stored.find(id).map(credential -> new AccessibleAccount(id, stored, credential, false)));
    }
}
