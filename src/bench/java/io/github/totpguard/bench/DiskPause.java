package io.github.totpguard.bench;

/**
 * The duration of {@code fdatasync} after a pause of this length.
 *
 * @param when before or after the load
 * @param medianMillis the median of many calls
 */
public record DiskPause(String when, int pauseMillis, double medianMillis) {}
