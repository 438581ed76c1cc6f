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
 * Starts and uses trust in a user's browsers. This happens under the lock of the user's row, and is committed before
 * the browser gets the answer. A token is therefore rotated only once, on any node.
 */
final class TrustGate {
    private static final String CONSEQUENCE = "No trust in any browser";

    private final GuardedUser user;

    TrustGate(GuardedUser user) {
        this.user = user;
    }

    /**
     * Judges a token and rotates it if it is trusted. The request must have only read so far.
     *
     * @param presented the token that the browser presents
     * @param next the token that the browser gets in its place
     * @param storedIds the ids of the user's stored trusted-browser credentials
     * @param basis the fingerprint that trust must have now
     * @param life how long trust lasts under the current policy
     * @param address the address of the request
     * @throws VerificationUnavailableException if the token cannot be judged now; the browser is then not trusted
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
     * Judges a token like {@link #use} but does not rotate it, for a login that asks for a code whatever the verdict.
     * The request must have only read so far.
     *
     * @throws VerificationUnavailableException if the token cannot be judged now
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
     * Starts a token family.
     *
     * @param id the id that its credential will have
     * @param token the browser's first token
     * @param life how long the trust will last
     * @param replaced the token that the browser already holds; empty if there is none
     * @param storedIds the ids of the user's stored trusted-browser credentials
     * @param basis the fingerprint of what trust depends on
     * @param address the address of the request
     * @return which stored credentials are no longer of use, and whether the browser's former token was a copy
     * @throws VerificationUnavailableException if the token family cannot be stored now
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
                    .begin(
                            id,
                            TrustedBrowserRecord.begin(token, now, now.plus(life), address, basis),
                            replaced,
                            storedIds);
            row.store(row.state().with(begun.browsers()));
            return begun;
        });
    }

    /** The current token families, for display. */
    TrustedBrowsers present() {
        return user.store(CONSEQUENCE).peek().trusted();
    }

    private static Instant now(LockedState row) {
        return row.now(row.state().trusted().lines().values().stream()
                .map(TrustedBrowserRecord::lastUsed)
                .max(Comparator.naturalOrder()));
    }
}
