/** The page of the user's own second factors. */
package io.github.totpguard.it.account;
