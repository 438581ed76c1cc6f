package io.github.totpguard.core.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The stored state of one trusted browser: its token family.
 *
 * @param key the hash of the key, the same for all tokens of the family
 * @param current the hash of the newest secret
 * @param previous the hash of the secret before it; empty until the first use
 * @param created when trust was given
 * @param expires when trust ends, regardless of use
 * @param lastUsed when {@code current} was issued: at the last use, or when trust was given
 * @param address the IP address of the last use; empty if unknown
 * @param basis the fingerprint of what trust depends on: password, devices, sign-outs. A different fingerprint
 *     invalidates the record.
 * @param ended whether trust was withdrawn before it expired. An ended record never becomes trusted again. It is kept
 *     so that reuse of its tokens is still detected.
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
            throw new IllegalArgumentException("basis is missing");
        }
    }

    /** Creates the record of a new token family. */
    public static TrustedBrowserRecord begin(
            TrustToken token, Instant now, Instant expires, Optional<String> address, String basis) {
        return new TrustedBrowserRecord(
                token.keyHash(), token.secretHash(), Optional.empty(), now, expires, now, address, basis, false);
    }

    boolean isOf(TrustToken token) {
        return key.isSameAs(token.keyHash());
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** When trust ends. A policy that became shorter ends it earlier. A longer one does not prolong it. */
    Instant end(Duration life) {
        Instant now = created.plus(life);
        return now.isBefore(expires) ? now : expires;
    }

    boolean isNewest(TrustToken token) {
        return current.isSameAs(token.secretHash());
    }

    boolean isPrevious(TrustToken token) {
        return previous.filter(before -> before.isSameAs(token.secretHash())).isPresent();
    }

    TrustedBrowserRecord used(TrustToken next, Instant now, Optional<String> from) {
        return new TrustedBrowserRecord(
                key, next.secretHash(), Optional.of(current), created, expires, now, from, basis, ended);
    }

    /** The ended record. It has no address, because the address is shown only in the list of trusted browsers. */
    TrustedBrowserRecord revoked() {
        return new TrustedBrowserRecord(
                key, current, previous, created, expires, lastUsed, Optional.empty(), basis, true);
    }
}
