package io.github.totpguard.bench;

/** The memory that the server allocated for one request with a code. */
public record Allocated(String variant, Estimate kilobytes) {}
