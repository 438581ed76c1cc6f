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
import io.github.totpguard.keycloak.web.Budgets.Kind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
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

/**
 * {@code tokens}: the current codes. Every code that is sent is recorded in an event. One event can cover many codes.
 */
public final class TokensResource {
    /** The maximum number of accounts in a URL, because servers and proxies limit its length. */
    private static final int MAX_IN_URL = 100;

    /** The maximum number of accounts in a body: a whole vault. */
    private static final int MAX_IN_BODY = AccountStore.MAX_ACCOUNTS;

    private final KeycloakSession session;

    TokensResource(KeycloakSession session) {
        this.session = session;
    }

    /**
     * For one id: its code. For a counter-based account, each request advances the counter. For several ids: the codes
     * of the time-based accounts, and an error for each of the others.
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

    /** Like several ids in the URL, but for up to a whole vault. */
    @POST
    public Response tokens(InputStream in) {
        VaultCaller caller = VaultCaller.of(session, Kind.READ);
        RequestBody body = RequestBody.read(caller, in, BodyFields.TOKENS);
        List<AccountId> parsed = parse(body.texts("ids"), MAX_IN_BODY);
        caller.pay(Kind.CODES, parsed.size());
        return many(caller, parsed, body.flag("next").orElse(false));
    }

    private static ObjectNode one(VaultCaller caller, AccountId id, long now, boolean withNext) {
        AccessibleAccount accessible =
                AccessibleAccount.find(caller.asUser(), id).orElseThrow(VaultResponses::notFound);
        try {
            if (accessible.account().period().isEmpty()) {
                return VaultWrite.of(caller, () -> counted(caller, accessible, now));
            }
            ObjectNode code = AccountCode.ofTime(accessible, accessible.account(), now, withNext);
            VaultEvent.of(caller, "read", accessible).done();
            return code;
        } catch (UnreadableAccountException e) {
            throw VaultResponses.unreadable(e);
        }
    }

    private static ObjectNode counted(VaultCaller caller, AccessibleAccount found, long now) {
        AccessibleAccount accessible = LockedAccounts.of(caller.asUser(), found.owner())
                .find(found.id())
                // The share may have ended while this request waited for the lock.
                .filter(locked -> locked.own()
                        || AccessibleAccount.find(caller.asUser(), found.id()).isPresent())
                .orElseThrow(VaultResponses::notFound);
        try {
            // Open the secret first, so that a damaged account does not use up a counter.
            OtpSecret secret = accessible.stored().open(accessible.credential());
            ObjectNode code = AccountCode.ofCounter(caller, accessible, accessible.account(), secret, now)
                    .orElseThrow(() -> VaultResponses.refused(
                            Status.CONFLICT,
                            "counter_at_end",
                            "The counter is at the end of its range. Set up this account anew at its service"));
            VaultEvent.of(caller, "read", accessible).done();
            return code;
        } catch (UnreadableAccountException e) {
            throw VaultResponses.unreadable(e);
        }
    }

    private static Response many(VaultCaller caller, List<AccountId> ids, boolean withNext) {
        // All accounts are read at once, not one query for each id.
        Map<AccountId, AccessibleAccount> accounts = AccessibleAccount.all(caller.asUser())
                .collect(Collectors.toMap(AccessibleAccount::id, Function.identity(), (first, second) -> first));
        ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
        List<AccessibleAccount> read = new ArrayList<>();
        long now = now();
        for (AccountId id : ids) {
            ObjectNode answer = tokens.addObject().put("id", id.text());
            Optional<AccessibleAccount> found = Optional.ofNullable(accounts.get(id));
            Optional<String> error =
                    found.isEmpty() ? Optional.of("not_found") : put(answer, found.get(), now, withNext);
            error.ifPresentOrElse(why -> answer.put("error", why), () -> read.add(found.get()));
        }
        if (read.size() == 1) {
            VaultEvent.of(caller, "read", read.get(0)).done();
        } else if (!read.isEmpty()) {
            VaultEvent.of(caller, "read").aboutAll(read).done();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("tokens", tokens);
        return VaultResponses.ok(answer);
    }

    /** @return the error if there is no code */
    private static Optional<String> put(ObjectNode answer, AccessibleAccount accessible, long now, boolean withNext) {
        try {
            VaultAccount account = accessible.account();
            if (account.period().isEmpty()) {
                return Optional.of("counter");
            }
            answer.setAll(AccountCode.ofTime(accessible, account, now, withNext));
            return Optional.empty();
        } catch (UnreadableAccountException e) {
            return Optional.of(e.keyMissing() ? "key_missing" : "unreadable");
        }
    }

    private static long now() {
        return Time.currentTimeMillis() / 1000;
    }

    private static List<AccountId> parse(List<String> ids, int max) {
        if (ids == null || ids.isEmpty() || ids.size() > max) {
            throw badId(max);
        }
        return ids.stream()
                .map(id -> AccountId.parse(id).orElseThrow(() -> badId(max)))
                .distinct()
                .toList();
    }

    private static ErrorResponseException badId(int max) {
        return VaultResponses.refused(
                Status.BAD_REQUEST,
                "Missing or invalid account id",
                "An id must have the form totp-<uuid>, as in the list of accounts; up to " + max
                        + " of them in one request");
    }
}
