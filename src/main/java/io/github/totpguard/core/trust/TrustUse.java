package io.github.totpguard.core.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token that a browser presents, and the data that the verdict depends on.
 *
 * @param presented the token that the browser presents
 * @param storedIds the ids of the user's stored trusted-browser credentials; a token family without a credential has
 *     ended
 * @param basis the fingerprint that trust must have now
 * @param life how long trust lasts under the current policy, from when it was given
 * @param address the client address of the request; empty if unknown
 * @param now the server's time
 */
public record TrustUse(
        TrustToken presented,
        Set<String> storedIds,
        String basis,
        Duration life,
        Optional<String> address,
        Instant now) {}
