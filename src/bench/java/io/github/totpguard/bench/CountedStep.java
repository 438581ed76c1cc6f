package io.github.totpguard.bench;

/** How many operations of the database and of the clustered caches one request of a login needed. */
public record CountedStep(String variant, String request, long statements, long commits, long cacheOperations) {

    /** The user is no longer in the user cache, as in a realm with more users than the cache holds. */
    public static final String NOT_CACHED = ", user not cached";
}
