package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.uri.ReadingNote;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.OwnSecondFactorNames;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import io.github.totpguard.keycloak.vault.account.VaultAccount;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An account in the list, without any part of its secret.
 *
 * @param account empty if the account cannot be read; its entry in the list then says so
 */
record AccountView(AccessibleAccount accessible, Optional<VaultAccount> account) {
    static final String WEAK_SECRET = "weak_secret";
    static final String OWN_SECOND_FACTOR = "own_second_factor";
    static final String DUPLICATE = "duplicate";

    /** Pinned accounts first, then by issuer and name. */
    static final Comparator<AccountView> ORDER = Comparator.<AccountView, Boolean>comparing(view -> !view.isPinned())
            .thenComparing(view -> lowerCase(view.sortedBy()))
            .thenComparing(view -> lowerCase(view.name()))
            .thenComparing(view -> view.accessible().id().text());

    static AccountView of(AccessibleAccount accessible) {
        try {
            return new AccountView(accessible, Optional.of(accessible.account()));
        } catch (UnreadableAccountException e) {
            return new AccountView(accessible, Optional.empty());
        }
    }

    /** Whether issuer, name, group or owner contains the text, ignoring case. */
    boolean matches(String text) {
        return Stream.of(issuer(), name(), group().orElse(""), sharedBy().orElse(""))
                .anyMatch(value -> lowerCase(value).contains(lowerCase(text)));
    }

    ObjectNode json(OwnSecondFactorNames own) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", accessible.id().text())
                .put("issuer", issuer())
                .put("account", name());
        account.ifPresentOrElse(
                known -> json.put("type", known.type())
                        .put("algorithm", known.parameters().algorithm().name())
                        .put("digits", known.parameters().digits())
                        .put("period", known.period().orElse(null)),
                () -> json.put("error", "unreadable"));
        json.put("group", group().orElse(null)).put("pinned", isPinned());
        json.set(
                "notes",
                array(account.map(known -> notes(known, accessible.own() ? Optional.of(own) : Optional.empty()))
                        .orElse(List.of())));
        return json.put("owner", sharedBy().orElse(null))
                .put("shared", !accessible.own())
                .put("created", created());
    }

    /** Notes on an account for its owner. */
    static List<String> notes(VaultAccount account, Optional<OwnSecondFactorNames> own) {
        return Stream.of(
                        account.isWeak() ? WEAK_SECRET : null,
                        own.filter(names -> names.are(account.issuer(), account.account()))
                                        .isPresent()
                                ? OWN_SECOND_FACTOR
                                : null)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Notes on an account that was just read: from the account itself, and from the format it was read from. */
    static List<String> notes(Collection<ReadingNote> read, VaultAccount account, OwnSecondFactorNames own) {
        return Stream.concat(
                        notes(account, Optional.of(own)).stream(), read.stream().map(note -> lowerCase(note.name())))
                .distinct()
                .toList();
    }

    static ArrayNode array(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private String issuer() {
        return account.flatMap(VaultAccount::issuer).orElse("");
    }

    private String name() {
        return account.map(VaultAccount::account)
                .or(() -> Optional.ofNullable(accessible.credential().getUserLabel()))
                .orElse("");
    }

    private String sortedBy() {
        return issuer().isEmpty() ? name() : issuer();
    }

    /** Only the owner sees the group, because it is the owner's own order. */
    private Optional<String> group() {
        return accessible.own() ? account.flatMap(VaultAccount::group) : Optional.empty();
    }

    private boolean isPinned() {
        return accessible.own() && account.filter(VaultAccount::pinned).isPresent();
    }

    private Optional<String> sharedBy() {
        return accessible.own()
                ? Optional.empty()
                : Optional.of(accessible.owner().getUsername());
    }

    private long created() {
        Long millis = accessible.credential().getCreatedDate();
        return millis == null ? 0 : millis / 1000;
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
