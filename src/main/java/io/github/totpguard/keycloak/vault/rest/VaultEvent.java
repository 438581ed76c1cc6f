package io.github.totpguard.keycloak.vault.rest;

import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.AccountId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;

/**
 * Actions in the vault, as user events of type {@code CUSTOM_REQUIRED_ACTION}. Keycloak has no event type for
 * extensions. This type is stored by default, and no listener of Keycloak's own acts on it. The events contain no codes
 * or secrets.
 */
final class VaultEvent {
    /** {@code read}, {@code added}, {@code changed}, ... */
    private static final String WHAT = "totp_guard_vault";

    private static final String ACCOUNT = "totp_guard_vault_account";
    private static final String OWNER = "totp_guard_vault_owner";
    private static final String RECIPIENT = "totp_guard_vault_recipient";
    private static final String COUNT = "totp_guard_vault_count";

    /** Ids of the user's own accounts, separated by blanks. */
    private static final String ACCOUNTS = "totp_guard_vault_accounts";

    /**
     * Other users' accounts: id, blank, owner's id. They are separated by line breaks, because ids of external user
     * stores can contain blanks.
     */
    private static final String SHARED_ACCOUNTS = "totp_guard_vault_shared_accounts";

    private final EventBuilder event;

    private VaultEvent(EventBuilder event) {
        this.event = event;
    }

    static VaultEvent of(VaultCaller caller, String what) {
        return new VaultEvent(new EventBuilder(
                        caller.realm(),
                        caller.session(),
                        caller.session().getContext().getConnection())
                .event(EventType.CUSTOM_REQUIRED_ACTION)
                .client(caller.client())
                .user(caller.user())
                .session(caller.userSession())
                .detail(Details.USERNAME, caller.user().getUsername())
                .detail(WHAT, what));
    }

    /** An action on one account. */
    static VaultEvent of(VaultCaller caller, String what, AccessibleAccount account) {
        return of(caller, what).about(account.id(), account.credential().getUserLabel(), account.owner());
    }

    static void refused(VaultCaller caller, String why) {
        of(caller, "refused").event.error("totp_guard_vault_" + why);
    }

    /** @param label the label of the credential */
    VaultEvent about(AccountId id, String label, UserModel owner) {
        event.detail(ACCOUNT, id.text())
                .detail(Details.CREDENTIAL_USER_LABEL, label)
                .detail(OWNER, owner.getId());
        return this;
    }

    /** @param recipient the id of a user or a group */
    VaultEvent to(String recipient) {
        event.detail(RECIPIENT, recipient);
        return this;
    }

    /** Makes this one event for many accounts, and lists each of them. */
    VaultEvent aboutAll(List<AccessibleAccount> accounts) {
        listed(
                ACCOUNTS,
                accounts.stream()
                        .filter(AccessibleAccount::own)
                        .map(accessible -> accessible.id().text()),
                " ");
        listed(
                SHARED_ACCOUNTS,
                accounts.stream()
                        .filter(accessible -> !accessible.own())
                        .map(accessible -> accessible.id().text() + " "
                                + accessible.owner().getId()),
                "\n");
        return count(accounts.size());
    }

    /** The same for accounts that all belong to the user. */
    VaultEvent aboutOwn(List<AccountId> accounts) {
        listed(ACCOUNTS, accounts.stream().map(AccountId::text), " ");
        return count(accounts.size());
    }

    private void listed(String detail, Stream<String> texts, String separator) {
        String list = texts.collect(Collectors.joining(separator));
        if (!list.isEmpty()) {
            event.detail(detail, list);
        }
    }

    VaultEvent count(int accounts) {
        event.detail(COUNT, Integer.toString(accounts));
        return this;
    }

    /**
     * Sends the event. It is stored in the request's transaction, so there is no successful response without its event.
     */
    void done() {
        event.success();
    }
}
