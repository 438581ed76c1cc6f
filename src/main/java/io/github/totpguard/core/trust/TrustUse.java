package io.github.totpguard.core.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token that a browser presents, and what it is judged by.
 *
 * @param presented by the browser
 * @param storedIds the trusted browsers that the user has stored as credentials: a line without one has ended
 * @param basis what trust would have to rest on now
 * @param life how long trust lasts now, from when it was given, whatever was said then
 * @param address where the request comes from; empty if unknown
 * @param now the server's time
 */
public record TrustUse(
        TrustToken presented,
        Set<String> storedIds,
        String basis,
        Duration life,
        Optional<String> address,
        Instant now) {}
