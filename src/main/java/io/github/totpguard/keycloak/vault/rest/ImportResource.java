package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.transfer.Import;
import io.github.totpguard.core.transfer.ImportItem;
import io.github.totpguard.core.transfer.ImportReader;
import io.github.totpguard.core.transfer.UnreadableImportException;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.vault.account.AccountId;
import io.github.totpguard.keycloak.vault.account.AccountStore;
import io.github.totpguard.keycloak.vault.account.KnownAccounts;
import io.github.totpguard.keycloak.vault.account.LockedAccounts;
import io.github.totpguard.keycloak.vault.account.OwnSecondFactorNames;
import io.github.totpguard.keycloak.vault.account.VaultAccount;
import jakarta.ws.rs.core.Response.Status;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.services.ErrorResponseException;

/**
 * Previews or stores the accounts of another app's file. Each account is accepted or refused on its own. Duplicates are
 * not stored again.
 */
final class ImportResource {
    /** Limited, because each import holds a body, the parsed file and the memory of a key derivation. */
    private static final Places PLACES = new Places(2);

    private static final String NO_ROOM = "limit";

    private final VaultCaller caller;
    private final KnownAccounts known;
    private final OwnSecondFactorNames own;
    private final Optional<LockedAccounts> locked;
    private final List<AccountId> added = new ArrayList<>();
    private int room;

    private ImportResource(VaultCaller caller, Optional<LockedAccounts> locked) {
        AccountStore stored = AccountStore.of(caller.asUser());
        List<CredentialModel> present = locked.map(LockedAccounts::all).orElseGet(stored::all);
        this.caller = caller;
        this.locked = locked;
        this.known = KnownAccounts.of(stored, present);
        this.own = OwnSecondFactorNames.of(caller.asUser());
        this.room = AccountStore.MAX_ACCOUNTS - present.size();
    }

    /** Takes a place before it reads the body, because the body takes memory. */
    static ObjectNode answer(VaultCaller caller, InputStream in) {
        try {
            return PLACES.run(caller.realm().getId(), caller.user().getId(), () -> inPlace(caller, in));
        } catch (Places.NoPlaceException e) {
            throw VaultResponses.busy(
                    e.own()
                            ? "Your import before this one has not ended yet. Try again when it has"
                            : "Other users are importing. Try again in a few seconds");
        }
    }

    private static ObjectNode inPlace(VaultCaller caller, InputStream in) {
        RequestBody body = RequestBody.read(caller, in, BodyFields.IMPORT);
        Import read = read(body);
        boolean preview = body.flag("preview").orElse(false);
        return preview
                ? VaultResponses.answering(() -> new ImportResource(caller, Optional.empty()).answer(read))
                // The file is already parsed, so the owner's row is not locked while keys are derived.
                : VaultWrite.of(caller, () -> new ImportResource(
                                caller, Optional.of(LockedAccounts.of(caller.asUser(), caller.user())))
                        .answer(read));
    }

    private static Import read(RequestBody body) {
        Optional<char[]> password = body.text("password").map(String::toCharArray);
        try {
            return ImportReader.read(body.texts("contents"), password);
        } catch (UnreadableImportException e) {
            throw refusal(e);
        } finally {
            password.ifPresent(characters -> Arrays.fill(characters, '\0'));
        }
    }

    private static ErrorResponseException refusal(UnreadableImportException e) {
        return switch (e.reason()) {
            case BUSY -> VaultResponses.busy(e.getMessage());
            case TOO_LARGE ->
                VaultResponses.refused(Status.REQUEST_ENTITY_TOO_LARGE, lowerCase(e.reason()), e.getMessage());
            default -> VaultResponses.refused(Status.BAD_REQUEST, lowerCase(e.reason()), e.getMessage());
        };
    }

    private ObjectNode answer(Import read) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (ImportItem item : read.items()) {
            ObjectNode line = items.addObject().put("index", items.size() - 1);
            if (item instanceof ImportItem.Accepted accepted) {
                accepted(line, accepted);
            } else if (item instanceof ImportItem.Refused refused) {
                refused(line, refused.name(), lowerCase(refused.reason()), refused.message());
            }
        }
        if (locked.isPresent()) {
            VaultEvent.of(caller, "imported").aboutOwn(added).done();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("format", lowerCase(read.format()));
        answer.set("items", items);
        read.batch().ifPresent(batch -> {
            ObjectNode parts = answer.putObject("batch").put("parts", batch.parts());
            ArrayNode missing = parts.putArray("missing");
            batch.missing().forEach(missing::add);
        });
        return answer;
    }

    private void accepted(ObjectNode line, ImportItem.Accepted item) {
        OtpAuthUri uri = item.account();
        VaultAccount account = VaultAccount.of(uri, Optional.empty(), false);
        line.put("name", uri.account())
                .put("issuer", uri.issuer().orElse(""))
                .put("account", uri.account())
                .put("type", account.type());
        boolean duplicate = known.has(uri);
        if (!duplicate && room <= 0) {
            refused(line, uri.account(), NO_ROOM, "There is room for " + AccountStore.MAX_ACCOUNTS + " accounts");
            return;
        }
        line.put("accepted", true).put("duplicate", duplicate);
        line.set("notes", AccountView.array(AccountView.notes(item.notes(), account, own)));
        if (duplicate) {
            return;
        }
        known.add(uri);
        room--;
        locked.ifPresent(accounts -> {
            AccountId id =
                    new AccountId(accounts.add(uri, Optional.empty(), false).getId());
            line.put("id", id.text());
            added.add(id);
        });
    }

    private static void refused(ObjectNode line, String name, String reason, String message) {
        line.put("name", name)
                .put("accepted", false)
                .put("reason", reason)
                .put("message", message)
                .put("duplicate", false)
                .putArray("notes");
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
