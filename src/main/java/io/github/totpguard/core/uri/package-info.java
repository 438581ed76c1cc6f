/**
 * The {@code otpauth://} URIs that carry a secret and its parameters to an authenticator app.
 *
 * @see <a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI Format</a>
 */
package io.github.totpguard.core.uri;
