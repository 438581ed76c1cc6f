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
 * The accounts of one owner as the database has them, with the owner's row locked until the request ends. All that is changed
 * is decided and written here.
 */
public final class LockedAccounts {
    private final GuardedUser caller;
    private final AccountStore stored;
    private final AccountRows rows;

    /** Read when they are first needed: one account is found without the others. */
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
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if the database does not give it
     */
    public static LockedAccounts of(GuardedUser caller, UserModel owner) {
        OwnerLock.hold(caller.session(), caller.realm(), owner);
        return new LockedAccounts(caller, owner);
    }

    /** The two sides of a transfer. */
    public record Both(LockedAccounts own, LockedAccounts theirs) {
        /** As {@link LockedAccounts#of}, with both locks taken in the order in which every request takes them. */
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

    /** How many more there may be. */
    public int room() {
        return AccountStore.MOST - all().size();
    }

    /** Locks the account's own row as well: Keycloak removes and renames credentials without the owner's. */
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
     * Stores an account. Whether there is {@link #room} for it the caller has asked before.
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

    /** Stores what was changed of an account; the secret stays. */
    public void update(CredentialModel credential, VaultAccount changed) {
        Set<String> labels = present().labels();
        labels.remove(AccountLabel.lowerCase(credential.getUserLabel()));
        credential.setUserLabel(AccountLabel.of(changed.issuer(), changed.account(), labels));
        credential.setCredentialData(changed.data());
        labels.add(AccountLabel.lowerCase(credential.getUserLabel()));
        rows.update(credential);
        changed();
    }

    /** Its counter and its shares go as well: {@link RemovedAccounts}. */
    public void remove(AccessibleAccount held) {
        rows.remove(held.credential().getId());
        changed();
    }

    private Present present() {
        if (present.isEmpty()) {
            present = Optional.of(Present.of(rows.all()));
        }
        return present.get();
    }

    /**
     * What was there when it was read.
     *
     * @param labels of all the owner's credentials, in lower case: Keycloak refuses the same label twice
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

    /** Keycloak's cache of users, on all nodes, once this is committed. */
    private void changed() {
        UserCache cache = UserStorageUtil.userCache(caller.session());
        if (cache != null) {
            cache.evict(caller.realm(), stored.owner());
        }
    }
}
