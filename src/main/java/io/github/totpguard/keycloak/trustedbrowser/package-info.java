/** Browsers that their user trusts, so that they are not asked for a code for a while. */
package io.github.totpguard.keycloak.trustedbrowser;
