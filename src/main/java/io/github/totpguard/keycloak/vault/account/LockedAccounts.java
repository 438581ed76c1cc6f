package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.policy.GuardNames;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/**
 * The accounts of one owner, read from the database, with the owner's row locked until the request ends. All changes to
 * accounts are decided and written here.
 */
public final class LockedAccounts {
    private final GuardedUser caller;
    private final AccountStore stored;
    private final AccountRows rows;

    /** Read when first needed, because finding one account does not need the others. */
    private Optional<Present> present = Optional.empty();

    private LockedAccounts(GuardedUser caller, UserModel owner) {
        GuardedUser guarded = new GuardedUser(caller.session(), caller.realm(), owner);
        this.caller = caller;
        this.stored = AccountStore.of(guarded);
        this.rows = AccountRows.of(guarded);
    }

    /**
     * Waits for the lock.
     *
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if the database does not grant
     *     it
     */
    public static LockedAccounts of(GuardedUser caller, UserModel owner) {
        OwnerLock.hold(caller.session(), caller.realm(), owner);
        return new LockedAccounts(caller, owner);
    }

    /** The two sides of a transfer. */
    public record Both(LockedAccounts own, LockedAccounts theirs) {
        /** Like {@link LockedAccounts#of}. Both locks are taken in the order that all requests use. */
        public static Both of(GuardedUser caller, UserModel recipient) {
            OwnerLock.hold(caller.session(), caller.realm(), caller.user(), recipient);
            return new Both(new LockedAccounts(caller, caller.user()), new LockedAccounts(caller, recipient));
        }
    }

    public AccountStore stored() {
        return stored;
    }

    public List<CredentialModel> all() {
        return present().accounts();
    }

    /** How many accounts can still be added. */
    public int room() {
        return AccountStore.MAX_ACCOUNTS - all().size();
    }

    /** Also locks the account's own row, because Keycloak removes and renames credentials without the owner's lock. */
    public Optional<AccessibleAccount> find(AccountId id) {
        return rows.lock(id.credentialId())
                .filter(credential -> GuardNames.VAULT_ACCOUNT.equals(credential.getType()))
                .map(credential -> new AccessibleAccount(
                        id,
                        stored,
                        credential,
                        stored.owner().getId().equals(caller.user().getId())));
    }

    /**
     * Stores an account. The calling code has already checked that there is {@link #room} for it.
     *
     * @throws io.github.totpguard.keycloak.sealing.SealingUnavailableException if the realm has no AES key
     */
    public CredentialModel add(OtpAuthUri uri, Optional<String> group, boolean pinned) {
        String label = AccountLabel.of(uri.issuer(), uri.account(), present().labels());
        CredentialModel credential = stored.seal(uri, group, pinned, label);
        rows.append(credential);
        present().labels().add(AccountLabel.lowerCase(label));
        changed();
        return credential;
    }

    /** Stores a changed account. The secret stays the same. */
    public void update(CredentialModel credential, VaultAccount changed) {
        Set<String> labels = present().labels();
        labels.remove(AccountLabel.lowerCase(credential.getUserLabel()));
        credential.setUserLabel(AccountLabel.of(changed.issuer(), changed.account(), labels));
        credential.setCredentialData(changed.data());
        labels.add(AccountLabel.lowerCase(credential.getUserLabel()));
        rows.update(credential);
        changed();
    }

    /** Removes an account. {@link RemovedAccounts} removes its counter and its shares. */
    public void remove(AccessibleAccount account) {
        rows.remove(account.credential().getId());
        changed();
    }

    private Present present() {
        if (present.isEmpty()) {
            present = Optional.of(Present.of(rows.all()));
        }
        return present.get();
    }

    /**
     * The owner's credentials at the time they were read.
     *
     * @param labels the labels of all the owner's credentials, in lower case: Keycloak refuses a duplicate label
     */
    private record Present(List<CredentialModel> accounts, Set<String> labels) {
        static Present of(List<CredentialModel> credentials) {
            return new Present(
                    credentials.stream()
                            .filter(credential -> GuardNames.VAULT_ACCOUNT.equals(credential.getType()))
                            .toList(),
                    credentials.stream()
                            .map(CredentialModel::getUserLabel)
                            .filter(Objects::nonNull)
                            .map(AccountLabel::lowerCase)
                            .collect(Collectors.toCollection(HashSet::new)));
        }
    }

    /** Evicts the owner from Keycloak's user cache, on all nodes, when the transaction is committed. */
    private void changed() {
        UserCache cache = UserStorageUtil.userCache(caller.session());
        if (cache != null) {
            cache.evict(caller.realm(), stored.owner());
        }
    }
}
