package io.github.totpguard.keycloak.trustedbrowser;

import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.core.trust.TrustUse;
import io.github.totpguard.core.trust.TrustVerdict;
import io.github.totpguard.core.trust.TrustedBrowserRecord;
import io.github.totpguard.core.trust.TrustedBrowsers;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.store.UserStateStore.LockedState;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Where trust in a user's browsers begins and is used: under the lock of the user's row, and committed before any
 * browser is told. So a token is exchanged for the next one once, on whatever node.
 */
final class TrustGate {
    private static final String CONSEQUENCE = "No trust in any browser";

    private final GuardedUser user;

    TrustGate(GuardedUser user) {
        this.user = user;
    }

    /**
     * Judges a token. The request must have only read so far.
     *
     * @param presented by the browser
     * @param next what the browser gets in its place
     * @param storedIds the trusted browsers that the user has stored as credentials
     * @param basis what trust would have to rest on now
     * @param life how long trust lasts by the present policy
     * @param address of the request
     * @throws VerificationUnavailableException if nothing can be judged now: nobody is trusted then
     */
    TrustVerdict use(
            TrustToken presented,
            TrustToken next,
            Set<String> storedIds,
            String basis,
            Duration life,
            Optional<String> address) {
        return judge(
                now -> new TrustUse(presented, storedIds, basis, life, address, now),
                (browsers, use) -> browsers.use(use, next));
    }

    /**
     * Judges a token as {@link #use} does, but exchanges none: for a login that asks for a code whatever the verdict. The
     * request must have only read so far.
     *
     * @throws VerificationUnavailableException if nothing can be judged now
     */
    TrustVerdict look(
            TrustToken presented, Set<String> storedIds, String basis, Duration life, Optional<String> address) {
        return judge(now -> new TrustUse(presented, storedIds, basis, life, address, now), TrustedBrowsers::look);
    }

    private TrustVerdict judge(
            Function<Instant, TrustUse> use, BiFunction<TrustedBrowsers, TrustUse, TrustedBrowsers.Used> judgement) {
        return user.store(CONSEQUENCE).runAfterReading(row -> {
            TrustedBrowsers.Used used = judgement.apply(row.state().trusted(), use.apply(now(row)));
            row.store(row.state().with(used.browsers()));
            return used.verdict();
        });
    }

    /**
     * Begins a line.
     *
     * @param id that its credential will have
     * @param token of the browser
     * @param life how long it will last
     * @param replaced what the browser holds already, if anything
     * @param storedIds the trusted browsers that the user has stored as credentials
     * @param basis what trust rests on
     * @param address of the request
     * @return which of the stored ones are worth nothing any more, and whether the browser's own token was a copy
     * @throws VerificationUnavailableException if nothing can be stored now
     */
    TrustedBrowsers.Begun begin(
            String id,
            TrustToken token,
            Duration life,
            Optional<TrustToken> replaced,
            Set<String> storedIds,
            String basis,
            Optional<String> address) {
        return user.store(CONSEQUENCE).run(row -> {
            Instant now = now(row);
            TrustedBrowsers.Begun begun = row.state()
                    .trusted()
                    .begin(id, TrustedBrowserRecord.begin(token, now, now.plus(life), address, basis), replaced, storedIds);
            row.store(row.state().with(begun.browsers()));
            return begun;
        });
    }

    /** The lines as they are now, to look at. */
    TrustedBrowsers present() {
        return user.store(CONSEQUENCE).peek().trusted();
    }

    private static Instant now(LockedState row) {
        return row.now(row.state().trusted().lines().values().stream()
                .map(TrustedBrowserRecord::lastUsed)
                .max(Comparator.naturalOrder()));
    }
}
