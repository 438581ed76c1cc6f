package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.GuardedUser;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/**
 * An account that a caller may read: their own, or one that was shared with them.
 *
 * @param stored the owner's accounts, which it belongs to
 * @param own whether the caller is the owner
 */
public record AccessibleAccount(AccountId id, AccountStore stored, CredentialModel credential, boolean own) {

    /** All accounts that the caller may read, the caller's own first. */
    public static Stream<AccessibleAccount> all(GuardedUser caller) {
        AccountStore own = AccountStore.of(caller);
        return Stream.concat(
                own.all().stream().map(credential -> new AccessibleAccount(id(credential), own, credential, true)),
                new Shares(caller.session(), caller.realm())
                        .receivedBy(caller.user()).stream().flatMap(share -> received(caller, share).stream()));
    }

    /** Empty if there is no such account, or if the caller may not read it. */
    public static Optional<AccessibleAccount> find(GuardedUser caller, AccountId id) {
        AccountStore own = AccountStore.of(caller);
        return own.find(id)
                .map(credential -> new AccessibleAccount(id, own, credential, true))
                .or(() -> new Shares(caller.session(), caller.realm())
                        .receivedBy(caller.user(), id.credentialId())
                        .flatMap(share -> received(caller, share)));
    }

    public UserModel owner() {
        return stored.owner();
    }

    public VaultAccount account() throws UnreadableAccountException {
        return VaultAccount.read(credential.getCredentialData());
    }

    private static AccountId id(CredentialModel credential) {
        return new AccountId(credential.getId());
    }

    /** Empty if the shared account does not exist. */
    private static Optional<AccessibleAccount> received(GuardedUser caller, ShareEntity share) {
        AccountId id = new AccountId(share.credentialId());
        return Optional.ofNullable(caller.session().users().getUserById(caller.realm(), share.ownerId()))
                .map(owner -> AccountStore.of(new GuardedUser(caller.session(), caller.realm(), owner)))
                .flatMap(stored ->
                        stored.find(id).map(credential -> new AccessibleAccount(id, stored, credential, false)));
    }
}
