package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A lock of the second factor.
 *
 * @param until when the lock ends; empty if it does not end by itself
 * @param begins whether this attempt started the lock; false if the lock was already there
 */
public record Lock(Optional<Instant> until, boolean begins) {}
