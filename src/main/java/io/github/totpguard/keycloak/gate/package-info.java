/**
 * The entry point for all verification. Every attempt at a second factor, on every channel, is one decision on one
 * locked row, which is committed before the caller gets the result.
 */
package io.github.totpguard.keycloak.gate;
