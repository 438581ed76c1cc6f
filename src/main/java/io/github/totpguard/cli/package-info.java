/**
 * The command-line tool: {@code target/totp-guard-cli.jar}. It is not part of the provider jar and does not depend on
 * Keycloak.
 *
 * <p>Keys come from standard input, a prompt without echo, or a picture of a QR code. {@link
 * io.github.totpguard.cli.TotpGuardCli#main} supplies the clock and the random source.
 */
package io.github.totpguard.cli;
