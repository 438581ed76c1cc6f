package io.github.totpguard.core.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A second factor that is shut.
 *
 * @param until when it opens; empty if no time opens it
 * @param begins whether the attempt set this lock off, and did not meet with it
 */
public record Lock(Optional<Instant> until, boolean begins) {}
