package io.github.totpguard.keycloak.vault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.keycloak.vault.Budgets.Kind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** {@code tokens?id=}: the codes of now. Every code that is told is an event. */
public final class TokensResource {
    /** Most accounts of one request. */
    private static final int MOST = 100;

    private final KeycloakSession session;

    TokensResource(KeycloakSession session) {
        this.session = session;
    }

    /**
     * One id: its code; of a counted one each request moves the counter. Several: the codes of those that change with
     * time, and what is wrong with each of the others.
     */
    @GET
    public Response tokens(@QueryParam("id") List<String> ids, @QueryParam("next") String next) {
        VaultCaller caller = VaultCaller.of(session, Kind.READ);
        List<AccountId> parsed = parse(ids);
        long now = Time.currentTimeMillis() / 1000;
        boolean withNext = Boolean.parseBoolean(next);
        if (parsed.size() == 1) {
            HeldAccount held = HeldAccount.find(caller, parsed.get(0)).orElseThrow(VaultAnswer::notFound);
            return VaultAnswer.ok(one(caller, held, now, withNext));
        }
        HeldAccounts held = HeldAccounts.of(caller);
        ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
        parsed.forEach(id -> tokens.add(oneOfMany(caller, id, held.find(id), now, withNext)));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("tokens", tokens);
        return VaultAnswer.ok(answer);
    }

    private static ObjectNode one(VaultCaller caller, HeldAccount held, long now, boolean withNext) {
        try {
            VaultAccount account = held.account();
            ObjectNode code = account.period().isPresent()
                    ? AccountCode.ofTime(held, account, now, withNext)
                    : counted(caller, held, account, now);
            held.event(caller, "read").done();
            return code;
        } catch (UnreadableAccountException e) {
            throw VaultAnswer.unreadable(e);
        }
    }

    private static ObjectNode counted(VaultCaller caller, HeldAccount held, VaultAccount account, long now)
            throws UnreadableAccountException {
        // Opened first: a counter is not used up for an account without a code.
        OtpSecret secret = held.stored().open(held.credential());
        return VaultAnswer.answering(() -> AccountCode.ofCounter(caller, held, account, secret, now));
    }

    private static ObjectNode oneOfMany(
            VaultCaller caller, AccountId id, Optional<HeldAccount> found, long now, boolean withNext) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", id.text());
        if (found.isEmpty()) {
            return answer.put("error", "not_found");
        }
        HeldAccount held = found.get();
        try {
            VaultAccount account = held.account();
            if (account.period().isEmpty()) {
                return answer.put("error", "counter");
            }
            answer.setAll(AccountCode.ofTime(held, account, now, withNext));
            held.event(caller, "read").done();
            return answer;
        } catch (UnreadableAccountException e) {
            return answer.put("error", e.keyMissing() ? "key_missing" : "unreadable");
        }
    }

    private static List<AccountId> parse(List<String> ids) {
        if (ids == null || ids.isEmpty() || ids.size() > MOST) {
            throw badId();
        }
        return ids.stream()
                .map(id -> AccountId.parse(id).orElseThrow(TokensResource::badId))
                .distinct()
                .toList();
    }

    private static ErrorResponseException badId() {
        return VaultAnswer.refused(
                Status.BAD_REQUEST,
                "Missing or invalid account id",
                "The parameter id must have the form totp-<uuid>, as in the list of accounts; up to " + MOST
                        + " of them in one request");
    }
}
