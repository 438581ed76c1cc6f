/**
 * One-time passwords: HOTP (RFC 4226) and TOTP (RFC 6238), from the shared secret to the step that a code belongs to.
 *
 * <p>This package does not decide whether a code may be used. A match only says which step the code belongs to. {@code
 * core.state} refuses a replay (RFC 6238 section 5.2) and throttles guesses (RFC 4226 section 7.3).
 */
package io.github.totpguard.core.otp;
