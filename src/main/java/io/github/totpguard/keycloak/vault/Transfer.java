package io.github.totpguard.keycloak.vault;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.totpguard.core.uri.OtpAuthUri;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** An account changes hands: sealed anew for its new owner, under a new id, and shared with nobody. */
final class Transfer {
    private final VaultCaller caller;
    private final HeldAccount held;

    Transfer(VaultCaller caller, HeldAccount held) {
        this.caller = caller;
        this.held = held;
    }

    Response to(RequestBody body) {
        Recipients recipients = new Recipients(caller);
        StoredAccounts theirs = body.text("username")
                .flatMap(recipients::user)
                .map(user -> StoredAccounts.of(caller.session(), caller.realm(), user))
                // How many accounts somebody else has is not told either.
                .filter(accounts -> accounts.all().size() < StoredAccounts.MOST)
                .orElseThrow(recipients::nobody);
        VaultAnswer.answering(() -> {
            move(theirs);
            return theirs;
        });
        UserModel recipient = theirs.owner();
        held.event(caller, "transferred").to(recipient.getId()).done();
        return VaultAnswer.ok(
                JsonNodeFactory.instance.objectNode().put("message", "The account belongs to another user now"));
    }

    private void move(StoredAccounts theirs) {
        OtpAuthUri uri;
        try {
            uri = held.stored().uri(held.credential());
        } catch (UnreadableAccountException e) {
            throw VaultAnswer.unreadable(e);
        }
        theirs.add(uri, Optional.empty(), false, theirs.labels());
        new Shares(caller.session(), caller.realm())
                .removeAll(caller.user(), held.credential().getId());
        held.stored().remove(held.credential());
    }
}
