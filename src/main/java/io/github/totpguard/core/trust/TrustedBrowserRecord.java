package io.github.totpguard.core.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one trusted browser.
 *
 * @param key of all its tokens
 * @param current the newest secret
 * @param previous the one before it; empty until the first use
 * @param created when trust was given
 * @param expires when it ends, however often it is used
 * @param lastUsed when {@code current} was made: at the last use, or when trust was given
 * @param address the IP address of the last use; empty if unknown
 * @param basis what trust rests on, as text: password, devices, sign-outs. Another basis is no basis.
 * @param ended whether trust was taken before it expired. Nothing makes the line trusted again; it is remembered so that
 *     theft of its tokens stays visible.
 */
public record TrustedBrowserRecord(
        TokenHash key,
        TokenHash current,
        Optional<TokenHash> previous,
        Instant created,
        Instant expires,
        Instant lastUsed,
        Optional<String> address,
        String basis,
        boolean ended) {

    public TrustedBrowserRecord {
        if (basis.isEmpty()) {
            throw new IllegalArgumentException("Trust rests on something");
        }
    }

    /** A new line, that begins now. */
    public static TrustedBrowserRecord begin(
            TrustToken token, Instant now, Instant expires, Optional<String> address, String basis) {
        return new TrustedBrowserRecord(token.keyHash(), token.secretHash(), Optional.empty(), now, expires, now, address, basis, false);
    }

    boolean isOf(TrustToken token) {
        return key.isSameAs(token.keyHash());
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** A policy that has become shorter since shortens it, and a longer one does not prolong it. */
    Instant end(Duration life) {
        Instant now = created.plus(life);
        return now.isBefore(expires) ? now : expires;
    }

    boolean isNewest(TrustToken token) {
        return current.isSameAs(token.secretHash());
    }

    boolean isTheOneBefore(TrustToken token) {
        return previous.filter(before -> before.isSameAs(token.secretHash())).isPresent();
    }

    TrustedBrowserRecord used(TrustToken next, Instant now, Optional<String> from) {
        return new TrustedBrowserRecord(key, next.secretHash(), Optional.of(current), created, expires, now, from, basis, ended);
    }

    /** Without the address: it serves only the list of browsers that are trusted. */
    TrustedBrowserRecord revoked() {
        return new TrustedBrowserRecord(key, current, previous, created, expires, lastUsed, Optional.empty(), basis, true);
    }
}
