package io.github.totpguard.core.state;

/**
 * A verdict, and the state that must be stored before anyone learns it.
 *
 * @param state the user's state after the attempt
 * @param verdict what was decided
 */
public record Decision(SecondFactorState state, Verdict verdict) {}
