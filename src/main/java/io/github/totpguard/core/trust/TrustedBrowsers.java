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

/**
 * The lines of trust of one user, as one immutable value.
 *
 * @param lines by credential id
 */
public record TrustedBrowsers(Map<String, TrustLine> lines) {
    public static final TrustedBrowsers NONE = new TrustedBrowsers(Map.of());

    /** A user has no more; the oldest makes room. */
    public static final int MOST = 10;

    /** How long after a use the token that it replaced still does: a browser sends its tabs' requests together. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** A line is made before its credential is visible to other transactions. */
    private static final Duration FORGET_ABSENT_AFTER = Duration.ofMinutes(1);

    public TrustedBrowsers {
        lines = Map.copyOf(lines);
    }

    /** What remains, and the verdict. */
    public record Used(TrustedBrowsers browsers, TrustVerdict verdict) {}

    /** What there is now, and which credentials had to go for it. */
    public record Begun(TrustedBrowsers browsers, Set<String> dropped) {
        public Begun {
            dropped = Set.copyOf(dropped);
        }
    }

    /**
     * Judges a token that a browser presents. Of two holders of a copy the second to use it is found out: its token is not
     * the newest any more. Then the line ends, because nobody can tell which of them is the user.
     */
    public Used use(TrustUse use) {
        Optional<String> id = idOf(use.presented());
        if (id.isEmpty()) {
            return new Used(this, new TrustVerdict(Kind.UNKNOWN, id, Optional.empty()));
        }
        TrustLine line = lines.get(id.get());
        Kind kind = kind(line, id.get(), use);
        TrustedBrowsers after =
                switch (kind) {
                    case TRUSTED -> with(id.get(), line.used(use.next(), use.now(), use.address()));
                    case GRACE -> this;
                    default -> without(id.get());
                };
        Optional<Instant> until = Optional.ofNullable(after.lines.get(id.get())).map(left -> left.end(use.life()));
        return new Used(after, new TrustVerdict(kind, id, until));
    }

    private static Kind kind(TrustLine line, String id, TrustUse use) {
        if (!use.now().isBefore(line.end(use.life()))) {
            return Kind.EXPIRED;
        }
        if (!use.storedIds().contains(id) || !line.basis().equals(use.basis())) {
            return Kind.REVOKED;
        }
        if (line.isNewest(use.presented())) {
            return Kind.TRUSTED;
        }
        boolean justReplaced = line.isTheOneBefore(use.presented())
                && use.now().isBefore(line.lastUsed().plus(GRACE));
        return justReplaced ? Kind.GRACE : Kind.STOLEN;
    }

    /**
     * Adds a line, and forgets those that are worth nothing any more.
     *
     * @param id of its credential, which need not be stored yet
     * @param replaced what the same browser holds already: that line ends; empty if it holds nothing
     * @param storedIds the trusted browsers that are stored as credentials
     */
    public Begun begin(String id, TrustLine line, Optional<TrustToken> replaced, Set<String> storedIds) {
        Instant now = line.created();
        Map<String, TrustLine> kept = new HashMap<>(lines);
        replaced.flatMap(this::idOf).ifPresent(kept::remove);
        kept.values().removeIf(other -> other.isExpired(now) || !other.basis().equals(line.basis()));
        kept.entrySet()
                .removeIf(other -> !storedIds.contains(other.getKey())
                        && !now.isBefore(other.getValue().created().plus(FORGET_ABSENT_AFTER)));
        while (kept.size() >= MOST) {
            kept.remove(oldest(kept));
        }
        kept.put(id, line);
        Set<String> dropped = new HashSet<>(storedIds);
        dropped.removeAll(kept.keySet());
        return new Begun(new TrustedBrowsers(kept), dropped);
    }

    /** Whether a line is still worth something, were its newest token presented. */
    public boolean isStanding(String id, String basis, Instant now) {
        return Optional.ofNullable(lines.get(id))
                .filter(line -> !line.isExpired(now) && line.basis().equals(basis))
                .isPresent();
    }

    private TrustedBrowsers without(String id) {
        Map<String, TrustLine> kept = new HashMap<>(lines);
        kept.remove(id);
        return new TrustedBrowsers(kept);
    }

    private TrustedBrowsers with(String id, TrustLine line) {
        Map<String, TrustLine> changed = new HashMap<>(lines);
        changed.put(id, line);
        return new TrustedBrowsers(changed);
    }

    private Optional<String> idOf(TrustToken token) {
        return lines.entrySet().stream()
                .filter(entry -> entry.getValue().isOf(token))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String oldest(Map<String, TrustLine> lines) {
        return lines.entrySet().stream()
                .min(Comparator.<Map.Entry<String, TrustLine>, Instant>comparing(
                                entry -> entry.getValue().created())
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
    }
}
