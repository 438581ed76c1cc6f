package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.LockedAccounts;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** An account changes hands: sealed anew for its new owner, under a new id, and without shares. */
final class Transfer {
    private final VaultCaller caller;
    private final AccessibleAccount held;

    Transfer(VaultCaller caller, AccessibleAccount held) {
        this.caller = caller;
        this.held = held;
    }

    Response to(RequestBody body) {
        Recipients recipients = new Recipients(caller);
        UserModel recipient = body.text("username").flatMap(recipients::user).orElseThrow(recipients::notFound);
        VaultWrite.of(caller, () -> {
            LockedAccounts.Both both = LockedAccounts.Both.of(caller.asUser(), recipient);
            if (both.theirs().room() <= 0) {
                // How many accounts another user has is not told either.
                throw recipients.notFound();
            }
            AccessibleAccount moved = VaultWrite.still(held, both.own());
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
}
