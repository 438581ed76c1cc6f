/** Browsers that their user trusts, so that for some time they are not asked for a code. */
package io.github.totpguard.keycloak.trustedbrowser;
