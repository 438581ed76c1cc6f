package io.github.totpguard.bench.run;

/**
 * One request of a visit.
 *
 * @param request sends it and checks the answer; an {@link AssertionError} is an answer that is not the expected one
 */
record VisitStep(String name, Runnable request) {}
