package io.github.totpguard.keycloak.vault.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.totpguard.core.otp.CodeGenerator;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.vault.account.AccessibleAccount;
import io.github.totpguard.keycloak.vault.account.AccountCounters;
import io.github.totpguard.keycloak.vault.account.UnreadableAccountException;
import io.github.totpguard.keycloak.vault.account.VaultAccount;
import java.util.Optional;
import java.util.OptionalLong;

/** The JSON of a code for a user who may read it. Times are epoch seconds. */
final class AccountCode {
    private AccountCode() {}

    /** The current code, and on request the code of the next step. */
    static ObjectNode ofTime(AccessibleAccount accessible, VaultAccount account, long now, boolean withNext)
            throws UnreadableAccountException {
        OtpParameters.TimeBased parameters = (OtpParameters.TimeBased) account.parameters();
        OtpSecret secret = accessible.stored().open(accessible.credential());
        long step = parameters.stepAt(now);
        ObjectNode code = code(CodeGenerator.code(secret, parameters, step), parameters, now)
                .put("timeRemaining", parameters.startOf(step + 1) - now)
                .put("period", parameters.periodSeconds());
        return withNext ? code.put("nextToken", CodeGenerator.code(secret, parameters, step + 1)) : code;
    }

    /**
     * The next code of a counter-based account. It is sent only once. The account must be locked.
     *
     * @return empty if the counter is at the end of its range
     */
    static Optional<ObjectNode> ofCounter(
            VaultCaller caller, AccessibleAccount accessible, VaultAccount account, OtpSecret secret, long now) {
        OptionalLong counter = new AccountCounters(
                        new GuardedUser(caller.session(), caller.realm(), accessible.owner()))
                .take(accessible.credential().getId(), account.firstCounter());
        return counter.isEmpty()
                ? Optional.empty()
                : Optional.of(code(
                                CodeGenerator.code(secret, account.parameters(), counter.getAsLong()),
                                account.parameters(),
                                now)
                        .putNull("timeRemaining")
                        .putNull("period"));
    }

    private static ObjectNode code(String code, OtpParameters parameters, long now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("token", code)
                .put("digits", parameters.digits())
                .put("generatedAt", now);
    }
}
