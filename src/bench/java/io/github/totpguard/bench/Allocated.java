package io.github.totpguard.bench;

/** What the server allocated for one code step. */
public record Allocated(String variant, Estimate kilobytes) {}
