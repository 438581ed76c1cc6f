package io.github.totpguard.bench;

/** What one request of one login asked of the database and of the clustered caches. */
public record CountedStep(String side, String request, long statements, long commits, long cacheOperations) {}
