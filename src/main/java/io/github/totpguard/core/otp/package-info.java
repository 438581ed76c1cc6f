/**
 * One-time passwords: HOTP (RFC 4226) and TOTP (RFC 6238), from the shared secret to the step that a code belongs to.
 *
 * <p>What is not here: whether a code may be used. A match says only which step made the code; refusing the second use
 * of a step (RFC 6238 section 5.2) and throttling guesses (RFC 4226 section 7.3) are decided in {@code core.state}.
 */
package io.github.totpguard.core.otp;
