package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.AccountId;
import io.github.totpguard.keycloak.vault.account.AccountStore;
import io.github.totpguard.keycloak.vault.account.LockedAccounts;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import io.github.totpguard.keycloak.vault.account.VaultAccount;
import io.github.totpguard.keycloak.vault.rest.Budgets.Kind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** {@code tokens}: the codes of now. Every code that is told is in an event, which may be about many of them. */
public final class TokensResource {
    /** Most accounts in a URL, which servers and proxies bound. */
    private static final int MAX_IN_URL = 100;

    /** Most accounts in a body: a whole vault. */
    private static final int MAX_IN_BODY = AccountStore.MOST;

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
        List<AccountId> parsed = parse(ids, MAX_IN_URL);
        caller.pay(Kind.CODES, parsed.size());
        boolean withNext = Boolean.parseBoolean(next);
        return parsed.size() == 1
                ? VaultResponses.ok(one(caller, parsed.get(0), now(), withNext))
                : many(caller, parsed, withNext);
    }

    /** As several ids in the URL, also for a whole vault. */
    @POST
    public Response tokens(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.READ);
        RequestBody body = RequestBody.read(caller, in, BodyFields.TOKENS);
        List<AccountId> parsed = parse(body.texts("ids"), MAX_IN_BODY);
        caller.pay(Kind.CODES, parsed.size());
        return many(caller, parsed, body.flag("next").orElse(false));
    }

    private static ObjectNode one(VaultCaller caller, AccountId id, long now, boolean withNext) {
        AccessibleAccount held = AccessibleAccount.find(caller.asUser(), id).orElseThrow(VaultResponses::notFound);
        try {
            if (held.account().period().isEmpty()) {
                return VaultWrite.of(caller, () -> counted(caller, held, now));
            }
            ObjectNode code = AccountCode.ofTime(held, held.account(), now, withNext);
            VaultEvent.of(caller, "read", held).done();
            return code;
        } catch (UnreadableAccountException e) {
            throw VaultResponses.unreadable(e);
        }
    }

    private static ObjectNode counted(VaultCaller caller, AccessibleAccount found, long now) {
        AccessibleAccount held = LockedAccounts.of(caller.asUser(), found.owner())
                .find(found.id())
                // The share may have ended while this request waited for the lock.
                .filter(locked ->
                        locked.own() || AccessibleAccount.find(caller.asUser(), found.id()).isPresent())
                .orElseThrow(VaultResponses::notFound);
        try {
            // Opened first: a counter is not used up for an account without a code.
            OtpSecret secret = held.stored().open(held.credential());
            ObjectNode code = AccountCode.ofCounter(caller, held, held.account(), secret, now)
                    .orElseThrow(() -> VaultResponses.refused(
                            Status.CONFLICT,
                            "counter_at_end",
                            "The counter is at the end of its range. Set up this account anew at its service"));
            VaultEvent.of(caller, "read", held).done();
            return code;
        } catch (UnreadableAccountException e) {
            throw VaultResponses.unreadable(e);
        }
    }

    private static Response many(VaultCaller caller, List<AccountId> ids, boolean withNext) {
        // Looked up once for many ids.
        Map<AccountId, AccessibleAccount> held = AccessibleAccount.all(caller.asUser())
                .collect(Collectors.toMap(AccessibleAccount::id, Function.identity(), (first, second) -> first));
        ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
        List<AccessibleAccount> told = new ArrayList<>();
        long now = now();
        for (AccountId id : ids) {
            ObjectNode answer = tokens.addObject().put("id", id.text());
            Optional<AccessibleAccount> found = Optional.ofNullable(held.get(id));
            Optional<String> error =
                    found.isEmpty() ? Optional.of("not_found") : put(answer, found.get(), now, withNext);
            error.ifPresentOrElse(why -> answer.put("error", why), () -> told.add(found.get()));
        }
        if (told.size() == 1) {
            VaultEvent.of(caller, "read", told.get(0)).done();
        } else if (!told.isEmpty()) {
            VaultEvent.of(caller, "read").aboutAll(told).done();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("tokens", tokens);
        return VaultResponses.ok(answer);
    }

    /** @return why there is no code, if there is none */
    private static Optional<String> put(ObjectNode answer, AccessibleAccount held, long now, boolean withNext) {
        try {
            VaultAccount account = held.account();
            if (account.period().isEmpty()) {
                return Optional.of("counter");
            }
            answer.setAll(AccountCode.ofTime(held, account, now, withNext));
            return Optional.empty();
        } catch (UnreadableAccountException e) {
            return Optional.of(e.keyMissing() ? "key_missing" : "unreadable");
        }
    }

    private static long now() {
        return Time.currentTimeMillis() / 1000;
    }

    private static List<AccountId> parse(List<String> ids, int most) {
        if (ids == null || ids.isEmpty() || ids.size() > most) {
            throw badId(most);
        }
        return ids.stream()
                .map(id -> AccountId.parse(id).orElseThrow(() -> badId(most)))
                .distinct()
                .toList();
    }

    private static ErrorResponseException badId(int most) {
        return VaultResponses.refused(
                Status.BAD_REQUEST,
                "Missing or invalid account id",
                "An id must have the form totp-<uuid>, as in the list of accounts; up to " + most
                        + " of them in one request");
    }
}
