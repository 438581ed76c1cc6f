package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.trust.TrustedBrowserRecord;
import io.github.totpguard.core.trust.TrustToken;
import io.github.totpguard.core.trust.TrustUse;
import io.github.totpguard.core.trust.TrustVerdict;
import io.github.totpguard.core.trust.TrustedBrowsers;
import io.github.totpguard.keycloak.gate.store.StateRow;
import io.github.totpguard.keycloak.gate.store.StateTransaction;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Where trust in a user's browsers begins and is used: under the lock of the user's row, and committed before any
 * browser is told. So a token is exchanged for the next one once, on whatever node.
 */
public final class TrustGate {
    private static final Logger LOG = Logger.getLogger(TrustGate.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    private TrustGate(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    public static TrustGate of(KeycloakSession session, RealmModel realm, UserModel user) {
        return new TrustGate(session, realm, user);
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
    public TrustVerdict use(
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
    public TrustVerdict look(
            TrustToken presented, Set<String> storedIds, String basis, Duration life, Optional<String> address) {
        return judge(now -> new TrustUse(presented, storedIds, basis, life, address, now), TrustedBrowsers::look);
    }

    private TrustVerdict judge(
            Function<Instant, TrustUse> use, BiFunction<TrustedBrowsers, TrustUse, TrustedBrowsers.Used> judgement) {
        return loggingWhyNot(() -> transaction().runAfterReading(row -> {
            TrustedBrowsers.Used used = judgement.apply(row.state().trusted(), use.apply(now(row)));
            row.store(row.state().with(used.browsers()));
            return used.verdict();
        }));
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
    public TrustedBrowsers.Begun begin(
            String id,
            TrustToken token,
            Duration life,
            Optional<TrustToken> replaced,
            Set<String> storedIds,
            String basis,
            Optional<String> address) {
        return loggingWhyNot(() -> transaction().run(row -> {
            Instant now = now(row);
            TrustedBrowsers.Begun begun = row.state()
                    .trusted()
                    .begin(id, TrustedBrowserRecord.begin(token, now, now.plus(life), address, basis), replaced, storedIds);
            row.store(row.state().with(begun.browsers()));
            return begun;
        }));
    }

    /** The lines as they are now, to look at. */
    public TrustedBrowsers present() {
        return loggingWhyNot(() -> transaction().peek()).trusted();
    }

    private StateTransaction transaction() {
        return new StateTransaction(session, realm.getId(), user.getId());
    }

    /** Read under the lock. With a clock that was set back what has expired would be good again. */
    private Instant now(StateRow row) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        row.state().trusted().lines().values().stream()
                .map(TrustedBrowserRecord::lastUsed)
                .max(Comparator.naturalOrder())
                .filter(used -> used.isAfter(now.plus(StateTransaction.CLOCK_TOLERANCE)))
                .ifPresent(used -> {
                    throw new VerificationUnavailableException(
                            Cause.CLOCK,
                            "A browser of user " + user.getId() + " was last trusted at " + used + ", and now it is "
                                    + now + ": set this server's clock");
                });
        return now;
    }

    private static <T> T loggingWhyNot(Supplier<T> work) {
        try {
            return work.get();
        } catch (VerificationUnavailableException e) {
            LOG.errorf(e.getCause(), "No trust in any browser (%s): %s", e.reason(), e.getMessage());
            throw e;
        }
    }
}
