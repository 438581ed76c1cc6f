package io.github.totpguard.bench.run;

/**
 * One request of a visit.
 *
 * @param request sends the request and checks the response; throws an {@link AssertionError} for an unexpected response
 */
record VisitStep(String name, Runnable request) {}
