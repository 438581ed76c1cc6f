package io.github.totpguard.bench;

/** What one request of one login asked of the database and of the clustered caches. */
public record CountedStep(String variant, String request, long statements, long commits, long cacheOperations) {

    /** Where the user is no longer in the user cache: as in a realm with more users than it holds. */
    public static final String NOT_CACHED = ", user not cached";
}
