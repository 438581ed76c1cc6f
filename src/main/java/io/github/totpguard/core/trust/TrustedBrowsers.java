package io.github.totpguard.core.trust;

import io.github.totpguard.core.trust.TrustVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The token families of one user, as one immutable value. A family that has ended is kept until it would have expired.
 * Otherwise a thief could hide the theft by removing the trust.
 *
 * @param lines the records by credential id
 */
public record TrustedBrowsers(Map<String, TrustedBrowserRecord> lines) {
    public static final TrustedBrowsers NONE = new TrustedBrowsers(Map.of());

    /** The maximum number of trusted browsers of a user. If there are more, the oldest one is removed. */
    public static final int MAX_BROWSERS = 10;

    /** The maximum number of ended families that are kept. If there are more, those that expire first are deleted. */
    public static final int MAX_ENDED = 20;

    /**
     * How long a replaced token is still trusted after its rotation: a browser sends the requests of its tabs in
     * parallel.
     */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** A record is created before its credential is visible to other transactions. */
    private static final Duration END_ABSENT_AFTER = Duration.ofMinutes(1);

    public TrustedBrowsers {
        lines = Map.copyOf(lines);
    }

    /** The remaining state, and the verdict. */
    public record Used(TrustedBrowsers browsers, TrustVerdict verdict) {}

    /**
     * The state after trust was given.
     *
     * @param dropped the ids of the credentials that were removed to make room
     * @param theft the verdict on the browser's former token if that had been replaced; empty otherwise
     */
    public record Begun(TrustedBrowsers browsers, Set<String> dropped, Optional<TrustVerdict> theft) {
        public Begun {
            dropped = Set.copyOf(dropped);
        }
    }

    /**
     * Judges a token that a browser presents. If two browsers hold a copy, the second one to use it is detected,
     * because its token is no longer the newest. The family then ends, because it is not known which of the two is the
     * user. Theft is reported once, because the family is deleted with it.
     *
     * @param next the next token of the same family, which the browser gets if it is trusted
     */
    public Used use(TrustUse use, TrustToken next) {
        return judge(use, browser -> browser.used(next, use.now(), use.address()));
    }

    /** Like {@link #use}, for a browser that must enter a code in any case: a trusted token is not rotated. */
    public Used look(TrustUse use) {
        return judge(use, browser -> browser);
    }

    private Used judge(TrustUse use, UnaryOperator<TrustedBrowserRecord> exchange) {
        Optional<String> found = idOf(use.presented());
        if (found.isEmpty()) {
            return new Used(this, new TrustVerdict(Kind.UNKNOWN, found, Optional.empty()));
        }
        String id = found.get();
        TrustedBrowserRecord browser = lines.get(id);
        Kind kind = kind(id, use);
        Map<String, TrustedBrowserRecord> after = new HashMap<>(lines);
        switch (kind) {
            case TRUSTED -> after.put(id, exchange.apply(browser));
            case GRACE -> {
                // The tab that came first has the newest token.
            }
            case REVOKED -> after.put(id, browser.revoked());
            default -> after.remove(id);
        }
        TrustVerdict verdict = new TrustVerdict(kind, found, Optional.empty());
        return new Used(
                bounded(after),
                verdict.trusted() ? new TrustVerdict(kind, found, Optional.of(browser.end(use.life()))) : verdict);
    }

    private Kind kind(String id, TrustUse use) {
        TrustedBrowserRecord browser = lines.get(id);
        if (!use.now().isBefore(browser.end(use.life()))) {
            return Kind.EXPIRED;
        }
        boolean newest = browser.isNewest(use.presented());
        boolean justReplaced = browser.isPrevious(use.presented())
                && use.now().isBefore(browser.lastUsed().plus(GRACE));
        // Theft is checked before anything that a thief with a session can change, such as a removed credential.
        if (!newest && !justReplaced) {
            return Kind.STOLEN;
        }
        if (browser.ended() || !use.storedIds().contains(id) || !browser.basis().equals(use.basis())) {
            return Kind.REVOKED;
        }
        return newest ? Kind.TRUSTED : Kind.GRACE;
    }

    /**
     * Adds a record, and ends the records that are no longer of use.
     *
     * @param id the id of its credential, which need not be stored yet
     * @param replaced the token that the same browser already holds; its family ends; empty if there is none
     * @param storedIds the ids of the stored trusted-browser credentials
     */
    public Begun begin(String id, TrustedBrowserRecord browser, Optional<TrustToken> replaced, Set<String> storedIds) {
        Instant now = browser.created();
        Duration life = Duration.between(now, browser.expires());
        Optional<TrustVerdict> theft = replaced.map(
                        token -> look(new TrustUse(token, storedIds, browser.basis(), life, browser.address(), now)))
                .map(Used::verdict)
                .filter(verdict -> verdict.kind() == Kind.STOLEN);
        Optional<String> own = replaced.flatMap(this::idOf);
        Map<String, TrustedBrowserRecord> kept = new HashMap<>(lines);
        theft.flatMap(TrustVerdict::credentialId).ifPresent(kept::remove);
        kept.values().removeIf(other -> other.isExpired(now));
        kept.replaceAll((otherId, other) -> own.filter(otherId::equals).isPresent()
                        || !other.basis().equals(browser.basis())
                        || isAbsent(otherId, other, storedIds, now)
                ? other.revoked()
                : other);
        while (trusted(kept).size() >= MAX_BROWSERS) {
            kept.computeIfPresent(
                    first(trusted(kept), TrustedBrowserRecord::created), (otherId, other) -> other.revoked());
        }
        kept.put(id, browser);
        Set<String> dropped = new HashSet<>(storedIds);
        dropped.removeAll(trusted(kept).keySet());
        return new Begun(bounded(kept), dropped, theft);
    }

    /** Whether a record is still trusted, provided that its newest token is presented. */
    public boolean isStanding(String id, String basis, Instant now) {
        return Optional.ofNullable(lines.get(id))
                .filter(browser -> !browser.ended())
                .filter(browser -> !browser.isExpired(now) && browser.basis().equals(basis))
                .isPresent();
    }

    private static boolean isAbsent(String id, TrustedBrowserRecord browser, Set<String> storedIds, Instant now) {
        return !storedIds.contains(id) && !now.isBefore(browser.created().plus(END_ABSENT_AFTER));
    }

    private Optional<String> idOf(TrustToken token) {
        return lines.entrySet().stream()
                .filter(entry -> entry.getValue().isOf(token))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static TrustedBrowsers bounded(Map<String, TrustedBrowserRecord> lines) {
        Map<String, TrustedBrowserRecord> ended = new HashMap<>(lines);
        ended.values().removeIf(browser -> !browser.ended());
        while (ended.size() > MAX_ENDED) {
            String id = first(ended, TrustedBrowserRecord::expires);
            ended.remove(id);
            lines.remove(id);
        }
        return new TrustedBrowsers(lines);
    }

    private static Map<String, TrustedBrowserRecord> trusted(Map<String, TrustedBrowserRecord> lines) {
        Map<String, TrustedBrowserRecord> trusted = new HashMap<>(lines);
        trusted.values().removeIf(TrustedBrowserRecord::ended);
        return trusted;
    }

    private static String first(Map<String, TrustedBrowserRecord> lines, Function<TrustedBrowserRecord, Instant> when) {
        return lines.entrySet().stream()
                .min(Comparator.<Map.Entry<String, TrustedBrowserRecord>, Instant>comparing(
                                entry -> when.apply(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
    }
}
