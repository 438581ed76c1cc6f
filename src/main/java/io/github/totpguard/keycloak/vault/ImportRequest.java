package io.github.totpguard.keycloak.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.transfer.Import;
import io.github.totpguard.core.transfer.ImportItem;
import io.github.totpguard.core.transfer.ImportReader;
import io.github.totpguard.core.transfer.UnreadableImportException;
import io.github.totpguard.core.uri.OtpAuthUri;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.credential.CredentialModel;

/**
 * Accounts of another app's file: looked at, or stored. Each is accepted or refused by itself; what is there already is not
 * stored again.
 */
final class ImportRequest {
    /** Bytes: the reader's bound in characters, with room for escapes. */
    static final int MOST_BYTES = 9 << 20;

    private static final String NO_ROOM = "limit";

    private final VaultCaller caller;
    private final StoredAccounts stored;
    private final KnownAccounts known;
    private final OwnNames own;
    private final Set<String> labels;
    private int room;

    private ImportRequest(VaultCaller caller) {
        this.caller = caller;
        this.stored = HeldAccount.own(caller);
        this.known = KnownAccounts.of(stored);
        this.own = OwnNames.of(caller);
        this.labels = stored.labels();
        this.room = StoredAccounts.MOST - stored.all().size();
    }

    static ObjectNode answer(VaultCaller caller, RequestBody body) {
        Import read = read(body);
        boolean preview = body.flag("preview").orElse(false);
        return VaultAnswer.answering(() -> new ImportRequest(caller).answer(read, preview));
    }

    private static Import read(RequestBody body) {
        Optional<char[]> password = body.text("password").map(String::toCharArray);
        try {
            return ImportReader.read(body.texts("contents"), password);
        } catch (UnreadableImportException e) {
            boolean tooLarge = e.reason() == UnreadableImportException.Reason.TOO_LARGE;
            throw VaultAnswer.refused(
                    tooLarge ? Status.REQUEST_ENTITY_TOO_LARGE : Status.BAD_REQUEST,
                    lowerCase(e.reason()),
                    e.getMessage());
        } finally {
            password.ifPresent(characters -> Arrays.fill(characters, '\0'));
        }
    }

    private ObjectNode answer(Import read, boolean preview) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        int added = 0;
        for (ImportItem item : read.items()) {
            ObjectNode line = items.addObject().put("index", items.size() - 1);
            if (item instanceof ImportItem.Accepted accepted) {
                added += accepted(line, accepted, preview) ? 1 : 0;
            } else if (item instanceof ImportItem.Refused refused) {
                refused(line, refused.name(), lowerCase(refused.reason()), refused.message());
            }
        }
        if (!preview) {
            VaultEvent.of(caller, "imported").count(added).done();
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

    /** @return whether it was stored */
    private boolean accepted(ObjectNode line, ImportItem.Accepted item, boolean preview) {
        OtpAuthUri uri = item.account();
        VaultAccount account = VaultAccount.of(uri, Optional.empty(), false);
        line.put("name", uri.account())
                .put("issuer", uri.issuer().orElse(""))
                .put("account", uri.account())
                .put("type", account.type());
        boolean duplicate = known.has(uri);
        if (!duplicate && room <= 0) {
            refused(line, uri.account(), NO_ROOM, "There is room for " + StoredAccounts.MOST + " accounts");
            return false;
        }
        line.put("accepted", true).put("duplicate", duplicate);
        line.set("notes", AccountView.array(AccountView.notes(item.notes(), account, own)));
        if (duplicate) {
            return false;
        }
        known.add(uri);
        room--;
        if (!preview) {
            CredentialModel credential = stored.add(uri, Optional.empty(), false, labels);
            AccountId id = new AccountId(credential.getId());
            line.put("id", id.text());
            VaultEvent.of(caller, "added")
                    .about(id, credential.getUserLabel(), caller.user())
                    .done();
        }
        return !preview;
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
