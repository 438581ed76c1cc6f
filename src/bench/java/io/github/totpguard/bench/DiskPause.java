package io.github.totpguard.bench;

/**
 * How long {@code fdatasync} took after so long a pause.
 *
 * @param when before or after the load
 * @param medianMillis of many
 */
public record DiskPause(String when, int pauseMillis, double medianMillis) {}
