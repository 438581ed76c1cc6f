/** The forms and the direct grant that ask for a code. */
package io.github.totpguard.it.login;
