/** Trusted browsers: trust given, used, stolen and ended. */
package io.github.totpguard.it.trustedbrowser;
