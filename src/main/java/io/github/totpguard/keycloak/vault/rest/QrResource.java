package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.totpguard.core.qr.QrCode;
import io.github.totpguard.core.uri.OtpAuthUri;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.LockedAccounts;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.keycloak.models.RealmModel;

/**
 * One account as a QR code for another app, including its secret. Only for its owner, and only if the realm's policy
 * allows it. The response contains the modules of the code, because the page's policy allows no picture from a response.
 */
final class QrResource {
    private QrResource() {}

    /** Whether the realm's policy lets owners see QR codes. */
    static boolean isAllowed(RealmModel realm) {
        return GuardPolicy.of(realm).filter(GuardPolicy::vaultShowSecrets).isPresent();
    }

    static Response answer(VaultCaller caller, String id) {
        if (!isAllowed(caller.realm())) {
            throw VaultResponses.refused(
                    Status.FORBIDDEN, "qr_disabled", "Your administrator does not allow QR codes of stored accounts");
        }
        caller.requireFreshProof();
        AccessibleAccount accessible = caller.requireOwn(id);
        QrCode code = VaultWrite.of(caller, () -> {
            // Under the lock: after a transfer, the former owner must not get the secret from an outdated cache.
            LockedAccounts locked = LockedAccounts.of(caller.asUser(), caller.user());
            AccessibleAccount present = VaultWrite.underLock(accessible, locked);
            QrCode drawn = draw(present);
            VaultEvent.of(caller, "qr_shown", present).done();
            return drawn;
        });
        return VaultResponses.ok(JsonNodeFactory.instance.objectNode().set("rows", rows(code)));
    }

    private static QrCode draw(AccessibleAccount present) {
        OtpAuthUri uri;
        try {
            uri = present.stored().uri(present.credential());
        } catch (UnreadableAccountException e) {
            throw VaultResponses.unreadable(e);
        }
        try {
            return QrCode.of(uri.print());
        } catch (IllegalArgumentException e) {
            throw VaultResponses.refused(
                    Status.CONFLICT,
                    "qr_too_long",
                    "The names of this account are too long for a QR code. Shorten them, then try again");
        }
    }

    private static ArrayNode rows(QrCode code) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, code.size()).mapToObj(y -> row(code, y)).forEach(rows::add);
        return rows;
    }

    /** One row of modules: 1 is dark, 0 is light. */
    private static String row(QrCode code, int y) {
        return IntStream.range(0, code.size())
                .mapToObj(x -> code.isDark(x, y) ? "1" : "0")
                .collect(Collectors.joining());
    }
}
