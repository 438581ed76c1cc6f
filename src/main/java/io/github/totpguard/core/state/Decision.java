package io.github.totpguard.core.state;

/**
 * A verdict, and the state that must be stored before the verdict is used.
 *
 * @param state the user's state after the attempt
 * @param verdict what was decided
 * @param notice what the user is told in addition
 */
public record Decision(SecondFactorState state, Verdict verdict, Notice notice) {}
