/**
 * The command-line tool: {@code target/totp-guard-cli.jar}. Nothing of it is in the provider jar, and it knows nothing of
 * Keycloak.
 *
 * <p>Keys come from standard input, a prompt without echo, or a picture of a QR code. Time and chance are handed in by
 * {@link io.github.totpguard.cli.TotpGuardCli#main}.
 */
package io.github.totpguard.cli;
